"""Reads every .env file of a folder with python-dotenv and prints, for each, a line of JSON:
{"file": name, "values": {...}} or {"file": name, "error": text}. A name without `=` has no value.

  python read.py FOLDER
"""

import json
import logging
import pathlib
import sys

import dotenv

logging.disable()
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.env")):
    answer = {"file": path.name}
    try:
        answer["values"] = dotenv.dotenv_values(path)
    except Exception as error:  # whatever it is, the file was not read
        answer["error"] = str(error)
    print(json.dumps(answer))
