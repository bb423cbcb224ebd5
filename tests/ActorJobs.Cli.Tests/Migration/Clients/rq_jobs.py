"""Writes a queue as RQ's own client does. Usage: rq_jobs.py PORT [COUNT]; with a count, so many plain jobs and nothing else."""
import sys
from datetime import datetime, timedelta, timezone

from redis import Redis
from rq import Queue, Retry
from rq.serializers import JSONSerializer

redis = Redis(port=int(sys.argv[1]))
mails = Queue("mails", connection=redis)

if len(sys.argv) > 2:
    for number in range(int(sys.argv[2])):
        mails.enqueue("app.send", number, job_id=f"job-{number}")
    sys.exit()

# what can be carried over
mails.enqueue("app.send", "ada@example.org", "Grüße 🎉", job_id="plain")
mails.enqueue("app.send", kwargs={"to": "bob", "nested": {"list": [1, 2.5, None, True, False, (1, 2)], "big": 2**80, "negative": -5, "empty": {}}}, job_id="named")
shared = ["same"]
mails.enqueue("app.send", [shared, shared], {"subject": "x" * 70000}, job_id="shared")
mails.enqueue("app.send", "x", job_id="tuned", job_timeout=90, ttl=86400, retry=Retry(max=3, interval=[10, 60]), meta={"user": 7}, description="a tuned one")
mails.enqueue("app.send", job_id="endless", job_timeout=-1)
mails.enqueue("app.send", "odd", job_id="odd id/with slash")
Queue("mails", connection=redis, serializer=JSONSerializer).enqueue("app.send", "json", job_id="json")
mails.enqueue_at(datetime(2100, 1, 1, 12, 0, tzinfo=timezone.utc), "app.send", "later", job_id="scheduled")

# what cannot
mails.enqueue("app.send", datetime(2026, 1, 1), job_id="object")
mails.enqueue("app.send", timedelta(1), job_id="object2")
mails.enqueue("app.send", b"bytes", job_id="bytes")
mails.enqueue("app.send", {1, 2}, job_id="set")
mails.enqueue("app.send", {1: "one"}, job_id="key")
mails.enqueue("app.send", float("nan"), job_id="nan")
mails.enqueue("app.unknown", job_id="unknown")
mails.enqueue("app.send", 1, 2, 3, job_id="many")
mails.enqueue("app.send", job_id="callback", on_success=print)
first = mails.enqueue("app.send", job_id="first")
mails.enqueue("app.send", job_id="second", depends_on=first)
cycle = []
cycle.append(cycle)
mails.enqueue("app.send", cycle, job_id="cycle")
bomb = []
for _ in range(40):
    bomb = [bomb, bomb]
mails.enqueue("app.send", bomb, job_id="bomb", description="a small pickle that stands for a terabyte")
mails.enqueue("app.send", "gone", job_id="gone")
redis.delete("rq:job:gone")
