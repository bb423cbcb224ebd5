"""Writes a queue as Celery's own client does. Usage: celery_jobs.py PORT."""
import sys
from datetime import datetime, timedelta, timezone

from celery import Celery, chain, signature

url = f"redis://127.0.0.1:{sys.argv[1]}/0"
LATER = datetime(2100, 1, 1, 12, 0, tzinfo=timezone.utc)


def client(**settings):
    app = Celery("tests", broker=url, set_as_current=False)
    app.conf.update(task_default_queue="mails", **settings)
    return app


app = client()
app.send_task("app.send", ["ada@example.org", "Grüße 🎉"], task_id="plain")
app.send_task("app.send", kwargs={"to": "bob", "nested": [1, {"a": None}]}, task_id="named")
app.send_task("app.send", ["x"], {"subject": "both"}, task_id="both", time_limit=90, soft_time_limit=60, expires=LATER, retries=2)
app.send_task("app.send", ["later"], task_id="eta", eta=LATER)
for priority in (9, 6, 3, 0):
    app.send_task("app.send", [f"p{priority}"], task_id=f"priority-{priority}", priority=priority)
client(task_protocol=1).send_task("app.send", ["first protocol"], {"subject": "old"}, task_id="protocol-1", eta=LATER)
app.send_task("app.send", ["compressed " * 100], task_id="gzip", compression="gzip")
app.send_task("app.send", [("a", "tuple")], {"subject": None}, task_id="pickle", serializer="pickle")
app.send_task("app.send", ["pickled"], task_id="pickle-gzip", serializer="pickle", compression="gzip")

# what cannot be carried over
app.send_task("app.send", [datetime(2026, 1, 1)], task_id="object", serializer="pickle")
app.send_task("app.send", ["x"], task_id="bzip2", compression="bzip2")
app.send_task("app.send", ["x"], task_id="expired", expires=datetime.now(timezone.utc) - timedelta(hours=1))
app.send_task("app.unknown", [], task_id="unknown")
app.send_task("celery.backend_cleanup", [], task_id="own")
app.send_task("app.send", [], task_id="callback", link=signature("app.send"))
chain(app.signature("app.send", task_id="chained"), app.signature("app.send")).apply_async()

# what a killed worker had taken: a real consumer that does not acknowledge, and does not put back
app.send_task("app.send", ["taken"], task_id="taken", queue="taken")
with app.connection_for_read() as connection:
    channel = connection.default_channel
    channel.qos.restore_at_shutdown = False
    assert channel.basic_get("taken") is not None
