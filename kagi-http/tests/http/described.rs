//! Holds every answer that a test gets from the API to the served description: the status, the code
//! and the form of the body must be those that the document promises.

use serde_json::{Map, Value};

/// What an operation answered.
pub(crate) struct Answered<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) status: u16,
    pub(crate) content_type: &'a str,
    pub(crate) text: &'a str,
}

/// Panics where the answer is not as described. What goes to no operation is not looked at.
pub(crate) fn check(document: &Value, answered: &Answered<'_>) {
    let Some((template, operation)) = find(document, answered.method, answered.path) else { return };
    let what = format!("{} {template} answered {}: {}", answered.method, answered.status, answered.text);
    let response = &operation["responses"][answered.status.to_string()];
    assert!(response.is_object(), "not a documented status: {what}");
    let response = resolve(document, response);
    if response["content"].is_null() {
        assert!(answered.text.is_empty(), "no body is documented: {what}");
        return;
    }
    let kind = answered.content_type.split(';').next().unwrap_or_default();
    let schema = &response["content"][kind]["schema"];
    assert!(schema.is_object(), "{kind:?} is not documented: {what}");
    let body = if kind == "application/json" {
        serde_json::from_str(answered.text).unwrap_or_else(|_| panic!("not JSON: {what}"))
    } else {
        Value::from(answered.text)
    };
    conforms(document, schema, &body, "").unwrap_or_else(|mistake| panic!("{mistake}: {what}"));
    if let Some(codes) = response["x-kagi-codes"].as_array() {
        assert!(codes.contains(&body["code"]), "not a documented code: {what}");
    }
}

/// The operation that a path belongs to; one without parameters goes first.
fn find<'a>(document: &'a Value, method: &str, path: &str) -> Option<(&'a str, &'a Value)> {
    let path = path.split('?').next()?.strip_prefix("/api")?;
    let paths = document["paths"].as_object()?;
    let mut matching: Vec<_> = paths.iter().filter(|(template, _)| fits(template, path)).collect();
    matching.sort_by_key(|(template, _)| template.matches('{').count());
    let (template, methods) = matching.first()?;
    Some((template, methods.get(method.to_lowercase())?))
}

fn fits(template: &str, path: &str) -> bool {
    let (left, right): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    let same = |(own, given): (&&str, &&str)| own == given || (own.starts_with('{') && !given.is_empty());
    left.len() == right.len() && left.iter().zip(&right).all(same)
}

fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let Some(path) = value["$ref"].as_str() else { return value };
    document.pointer(path.trim_start_matches('#')).expect("a reference leads somewhere")
}

/// Whether a value is what a schema says, and holds nothing that it does not mention. Knows as much of
/// JSON Schema as the document uses.
pub(crate) fn conforms(document: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    let schema = resolve(document, schema);
    if value.is_null() && schema["nullable"] == true {
        return Ok(());
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let mut whole = Map::new();
        for part in parts {
            whole.extend(resolve(document, part)["properties"].as_object().cloned().unwrap_or_default());
        }
        let closed = |part: &Value| {
            let mut part = resolve(document, part).clone();
            part["properties"] = whole.clone().into();
            conforms(document, &part, value, at)
        };
        return parts.iter().try_for_each(closed);
    }
    if let Some(parts) = schema["anyOf"].as_array() {
        let fits = parts.iter().any(|part| conforms(document, part, value, at).is_ok());
        return fits.then_some(()).ok_or_else(|| format!("{at} fits no alternative"));
    }
    if schema["enum"].as_array().is_some_and(|choices| !choices.contains(value)) {
        return Err(format!("{at} is none of the choices"));
    }
    match (schema["type"].as_str().unwrap_or_default(), value) {
        ("object", Value::Object(object)) => object_conforms(document, schema, object, at),
        ("array", Value::Array(items)) => {
            items.iter().try_for_each(|item| conforms(document, &schema["items"], item, &format!("{at}[]")))
        }
        ("string", Value::String(text)) => text_conforms(schema, text, at),
        ("integer", Value::Number(number)) => {
            let right = number
                .as_i64()
                .is_some_and(|number| number >= schema["minimum"].as_i64().unwrap_or(i64::MIN));
            right.then_some(()).ok_or_else(|| format!("{at} is out of range"))
        }
        ("boolean", Value::Bool(_)) => Ok(()),
        (kind, _) => Err(format!("{at} is no {kind}")),
    }
}

fn object_conforms(
    document: &Value,
    schema: &Value,
    object: &Map<String, Value>,
    at: &str,
) -> Result<(), String> {
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        object.get(name).ok_or_else(|| format!("{at}.{name} is missing"))?;
    }
    let (properties, others) = (&schema["properties"], &schema["additionalProperties"]);
    let open = properties.is_null() && others.is_null();
    for (name, value) in object.iter().filter(|_| !open) {
        let schema = if properties[name].is_object() { &properties[name] } else { others };
        if !schema.is_object() {
            return Err(format!("{at}.{name} is not documented"));
        }
        conforms(document, schema, value, &format!("{at}.{name}"))?;
    }
    Ok(())
}

fn text_conforms(schema: &Value, text: &str, at: &str) -> Result<(), String> {
    let length = u64::try_from(text.chars().count()).unwrap();
    let long_enough = length >= schema["minLength"].as_u64().unwrap_or(0);
    let short_enough = length <= schema["maxLength"].as_u64().unwrap_or(u64::MAX);
    let format = match schema["format"].as_str().unwrap_or_default() {
        "uuid" => text.len() == 36 && text.split('-').map(str::len).eq([8, 4, 4, 4, 12]),
        "date-time" => text.len() == 24 && text.ends_with('Z') && text.as_bytes()[10] == b'T',
        _ => true,
    };
    let right = long_enough && short_enough && format;
    right.then_some(()).ok_or_else(|| format!("{at} is not as its format and limits say"))
}
