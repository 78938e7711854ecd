//! Models, speech, translation, and what is built round them.

use super::{Service, one, several};

pub(super) const SERVICES: &[Service] = &[
    one("openai", "OpenAI", "OPENAI_API_KEY")
        .icon("openai")
        .about("Language, image and speech models.", "API keys of the project, in the platform’s dashboard.")
        .words(&["gpt", "chatgpt", "dall-e", "whisper", "llm"]),
    one("anthropic", "Anthropic", "ANTHROPIC_API_KEY")
        .icon("anthropic")
        .about("The Claude language models.", "API keys, in the console’s settings.")
        .words(&["claude", "llm"]),
    one("google-gemini", "Google Gemini", "GEMINI_API_KEY")
        .icon("googlegemini")
        .about("Google’s language models.", "Get API key, in Google AI Studio.")
        .words(&["google ai", "bard", "palm", "llm"]),
    several("azure-openai", "Azure OpenAI", &["AZURE_OPENAI_API_KEY", "AZURE_OPENAI_ENDPOINT"])
        .color("#0078d4")
        .about(
            "OpenAI’s models in Microsoft’s cloud.",
            "Keys and endpoint, on the resource’s page in the portal.",
        )
        .words(&["gpt", "microsoft", "foundry", "llm"]),
    one("mistral", "Mistral AI", "MISTRAL_API_KEY")
        .color("#fa520f")
        .about("Open and hosted language models.", "API keys, in the workspace’s settings.")
        .words(&["mixtral", "le chat", "codestral", "llm"]),
    one("cohere", "Cohere", "CO_API_KEY")
        .color("#39594d")
        .about("Language models, embeddings and reranking.", "API keys, in the dashboard.")
        .words(&["cohere_api_key", "command", "embeddings", "rerank", "llm"]),
    one("groq", "Groq", "GROQ_API_KEY")
        .color("#f55036")
        .about("Fast inference of open models.", "API keys, in the console.")
        .words(&["llama", "lpu", "llm"]),
    one("xai", "xAI", "XAI_API_KEY")
        .color("#26292b")
        .about("The Grok language models.", "API keys of the team, in the console.")
        .words(&["grok", "llm"]),
    one("deepseek", "DeepSeek", "DEEPSEEK_API_KEY")
        .color("#4d6bfe")
        .about("Language models for code and reasoning.", "API keys, on the platform’s page.")
        .words(&["llm"]),
    one("openrouter", "OpenRouter", "OPENROUTER_API_KEY")
        .color("#6467f2")
        .about("One interface to the models of many vendors.", "Keys, in the account’s settings.")
        .words(&["llm", "router"]),
    one("perplexity", "Perplexity", "PERPLEXITY_API_KEY")
        .icon("perplexity")
        .about("Answers with sources from the web.", "API, in the account’s settings.")
        .words(&["pplx", "sonar", "llm"]),
    one("together", "Together AI", "TOGETHER_API_KEY")
        .color("#0f6fff")
        .about("Inference and training of open models.", "API keys, in the settings.")
        .words(&["llama", "llm"]),
    one("fireworks", "Fireworks AI", "FIREWORKS_API_KEY")
        .color("#6720ff")
        .about("Inference of open models.", "API keys, in the account’s settings.")
        .words(&["llama", "llm"]),
    one("huggingface", "Hugging Face", "HF_TOKEN")
        .icon("huggingface")
        .about("Models, data sets and hosted inference.", "Access tokens, in the account’s settings.")
        .words(&["hf", "transformers", "hub"]),
    one("replicate", "Replicate", "REPLICATE_API_TOKEN")
        .icon("replicate")
        .about("Runs open models behind an interface.", "API tokens, in the account’s settings.")
        .words(&["image", "flux"]),
    one("elevenlabs", "ElevenLabs", "ELEVENLABS_API_KEY")
        .icon("elevenlabs")
        .about("Speech from text and cloned voices.", "API keys, in the developers’ settings.")
        .words(&["tts", "voice", "speech"]),
    one("deepgram", "Deepgram", "DEEPGRAM_API_KEY")
        .icon("deepgram")
        .about("Text from speech, and speech from text.", "API keys of the project, in the console.")
        .words(&["stt", "tts", "transcription"]),
    one("assemblyai", "AssemblyAI", "ASSEMBLYAI_API_KEY")
        .color("#2545d3")
        .about("Transcripts of audio.", "API keys, in the dashboard.")
        .words(&["stt", "speech", "transcription"]),
    one("deepl", "DeepL", "DEEPL_AUTH_KEY")
        .icon("deepl")
        .about("Translation of texts and documents.", "API keys, in the account’s settings.")
        .words(&["translate", "deepl_api_key"]),
    one("pinecone", "Pinecone", "PINECONE_API_KEY")
        .color("#1c17ff")
        .about("A hosted vector database.", "API keys of the project, in the console.")
        .words(&["vector", "embeddings", "rag"]),
    one("tavily", "Tavily", "TAVILY_API_KEY")
        .color("#468bff")
        .about("Web search made for models.", "API keys, on the overview page.")
        .words(&["search", "rag", "agents"]),
    one("langsmith", "LangSmith", "LANGSMITH_API_KEY")
        .icon("langchain")
        .about("Traces and tests of programs that use models.", "API keys, in the organisation’s settings.")
        .words(&["langchain", "langgraph", "tracing"]),
    several("langfuse", "Langfuse", &["LANGFUSE_PUBLIC_KEY", "LANGFUSE_SECRET_KEY", "LANGFUSE_BASE_URL"])
        .color("#e11312")
        .public(&["LANGFUSE_PUBLIC_KEY", "LANGFUSE_BASE_URL"])
        .about("Open-source traces and evaluations of models.", "API keys, in the project’s settings.")
        .words(&["tracing", "observability"]),
    one("wandb", "Weights & Biases", "WANDB_API_KEY")
        .icon("weightsandbiases")
        .about("Records experiments and training runs.", "API keys, in the user’s settings.")
        .words(&["wandb", "training", "mlops"]),
];
