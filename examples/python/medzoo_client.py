#!/usr/bin/env python3
"""Asks a medzoo server for a finding on each picture. Needs the standard library alone.

    medzoo_client.py [--server URL] [--token TOKEN] MODEL PICTURE...
"""

import argparse
import json
import sys
import time
import urllib.error
import urllib.request

FINDING = "application/vnd.medzoo.finding+json"


class Refused(Exception):
    """The server did not answer with a finding; the message is the server's own."""

    def __init__(self, status, message):
        super().__init__(f"{status}: {message}")
        self.status = status


def find(server, model, picture, token=None, attempts=5):
    """The whole finding on one picture, as a dict.

    picture: the file's bytes, in any format that the server reads.
    A server that is busy (503) or limits the rate (429) is asked again after the time that it names.
    """
    request = urllib.request.Request(
        f"{server}/predictions/{model}", data=picture,
        headers={"Accept": FINDING, "Content-Type": "application/octet-stream"})
    if token:
        request.add_header("Authorization", "Bearer " + token)
    for attempt in range(1, attempts + 1):
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code in (429, 503) and attempt < attempts:
                time.sleep(float(error.headers.get("Retry-After", 1)))
                continue
            raise Refused(error.code, message(error.read())) from None


def message(body):
    """What an answer that is no finding says."""
    try:
        return json.loads(body)["message"]
    except (ValueError, KeyError, TypeError):
        return body.decode(errors="replace").strip()


def line(finding):
    """A label alone is not enough: the model may be unsure, or the picture of another kind."""
    doubt = ""
    if (finding["outOfDistribution"] or {}).get("beyond"):
        doubt = " (unlike the training pictures: the label means nothing)"
    elif finding["abstained"]:
        doubt = " (too unsure to say)"
    return f"{finding['label']} {finding['probability']:.3f}{doubt}"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--server", default="http://127.0.0.1:8080")
    arguments.add_argument("--token")
    arguments.add_argument("model")
    arguments.add_argument("picture", nargs="+")
    chosen = arguments.parse_args()
    failed = False
    for name in chosen.picture:
        try:
            with open(name, "rb") as file:
                finding = find(chosen.server, chosen.model, file.read(), chosen.token)
            print(f"{name}: {line(finding)}")
        except (Refused, OSError) as error:
            failed = True
            print(f"{name}: {error}", file=sys.stderr)
    print("Research use only. Not a diagnosis.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
