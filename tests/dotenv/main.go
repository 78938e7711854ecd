// Reads every .env file of a folder with the parser of Docker Compose, or with that of
// `docker run --env-file`, and prints, for each, a line of JSON: {"file": name, "values": {…}} or
// {"file": name, "error": text}.
//
//	readers compose|docker-run FOLDER
package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"github.com/compose-spec/compose-go/v2/dotenv"
	"github.com/docker/cli/pkg/kvfile"
)

type answer struct {
	File   string            `json:"file"`
	Values map[string]string `json:"values,omitempty"`
	Error  string            `json:"error,omitempty"`
}

func compose(path string) (map[string]string, error) {
	return dotenv.ReadFile(path, nil)
}

func dockerRun(path string) (map[string]string, error) {
	pairs, err := kvfile.Parse(path, nil)
	values := map[string]string{}
	for _, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		values[name] = value
	}
	return values, err
}

func main() {
	read := compose
	if os.Args[1] == "docker-run" {
		read = dockerRun
	}
	paths, err := filepath.Glob(filepath.Join(os.Args[2], "*.env"))
	if err != nil {
		panic(err)
	}
	out := json.NewEncoder(os.Stdout)
	for _, path := range paths {
		values, err := read(path)
		found := answer{File: filepath.Base(path), Values: values}
		if err != nil {
			found.Error = err.Error()
		}
		if err := out.Encode(found); err != nil {
			panic(err)
		}
	}
}
