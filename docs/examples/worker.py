#!/usr/bin/env python3
"""A worker for ActorJobs in Python, with nothing but the standard library.

usage: ACTORJOBS_URL=http://127.0.0.1:8080 [ACTORJOBS_KEY=...] worker.py POOL
"""
import json, os, re, sys, threading, time, traceback, urllib.error, urllib.request

URL = os.environ.get("ACTORJOBS_URL", "http://127.0.0.1:8080")
POOL = sys.argv[1] if len(sys.argv) > 1 else "python"
NAME = f"{os.uname().nodename}:{os.getpid()}"
SLOTS = 4  # jobs at once


def call(verb, body, timeout=30):
    headers = {"Content-Type": "application/json"}
    if "ACTORJOBS_KEY" in os.environ:
        headers["Authorization"] = "Bearer " + os.environ["ACTORJOBS_KEY"]
    request = urllib.request.Request(f"{URL}/api/v1/pools/{POOL}/{verb}", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=timeout) as answer:
        return json.load(answer)


def tell(verb, body):
    """Says it until it is heard: an answer that was lost is given again."""
    for pause in (0.2, 1, 2, 5, 5):
        try:
            return call(verb, body)
        except urllib.error.HTTPError as refusal:
            if refusal.code < 500:
                return print(verb, "refused:", refusal.code, json.load(refusal)["detail"], flush=True)
        except OSError:
            pass
        time.sleep(pause)


def run(job, handlers):
    name = {field: job[field] for field in ("job", "attempt", "token")}
    lease = sum(float(n) * {"D": 86400, "H": 3600, "M": 60, "S": 1}[unit] for n, unit in re.findall(r"([\d.]+)([DHMS])", job["lease"]))
    done = threading.Event()

    def beat():
        while not done.wait(lease / 3):  # two may get lost
            tell("heartbeat", {"leases": [name]})

    threading.Thread(target=beat, daemon=True).start()
    try:
        report = lambda fraction, message=None: tell("progress", {**name, "fraction": fraction, "message": message})
        verb, end = "complete", {"result": handlers[job["kind"]](job["args"], report)}
    except Exception as error:
        verb, end = "fail", {"error": {"type": type(error).__name__, "message": str(error), "stack": traceback.format_exc()}}
    done.set()
    tell(verb, {**name, **end})


def word_count(args, report):
    report(0.5, "counting")
    time.sleep(args.get("seconds", 0))
    return {"words": len(args["text"].split()), "by": NAME}


def work():
    while True:
        leased = tell("lease", {"worker": NAME, "limit": 1, "wait": "PT20S"})
        if leased is None:
            time.sleep(5)  # refused, for instance because there is no such pool
            continue
        for job in leased["items"]:
            run(job, {"python.word-count": word_count})


if __name__ == "__main__":
    for _ in range(SLOTS):
        threading.Thread(target=work).start()
