#!/usr/bin/env python3
"""Writes the Grafana dashboard of wiredesk, deploy/grafana/wiredesk.json.

    deploy/grafana/dashboard.py > deploy/grafana/wiredesk.json

A row of ROWS is a row of the dashboard, from what a news desk asks first to what
the machine does. tests/deploy/check.sh compares the file with what this writes,
and tests/program asks a running program for every metric that it names.
"""

import json

# Title, unit of Grafana, what it is for, and queries with their legends.
ROWS = [
    ("Is the news coming in?", [
        ("Raw records", "reqps", "What the source topics bring.",
         [("sum by (job) (rate(wiredesk_raw_records_total{$w}[$__rate_interval]))", "raw records"),
          ("sum by (job) (rate(wiredesk_articles_total{$w}[$__rate_interval]))", "articles")]),
        ("Age of the newest record, by topic", "s", "A topic that went silent.",
         [("time() - max by (topic) (wiredesk_newest_record_timestamp_seconds{$w})", "{{topic}}")]),
        ("Age of the newest article, by provider", "s", "The ten that have been silent longest.",
         [("topk(10, time() - max by (provider) (wiredesk_newest_article_timestamp_seconds{$w}))",
           "{{provider}}")]),
    ]),
    ("Is it going out, and how fast?", [
        ("Published, by topic", "reqps", "",
         [("sum by (topic) (rate(wiredesk_records_published_total{$w}[$__rate_interval]))", "{{topic}}")]),
        ("Latency", "s", "From the time of a raw record to the commit of what became of it.",
         [(f"histogram_quantile({q}, sum by (le) (rate(wiredesk_latency_seconds_bucket{{$w}}[$__rate_interval])))",
           f"p{round(q * 100)}") for q in (0.5, 0.95, 0.99)]),
        ("Lag", "short", "Records that wait, by source topic.",
         [("sum by (topic) (wiredesk_lag_records{$w})", "{{topic}}")]),
        ("Lag in seconds", "s", "Age of the oldest record that waits.",
         [("max by (topic) (wiredesk_lag_seconds{$w})", "{{topic}}")]),
        ("Time of a batch, by step", "s", "Mean.",
         [("sum by (step) (rate(wiredesk_batch_seconds_sum{$w}[$__rate_interval]))"
           " / sum by (step) (rate(wiredesk_batch_seconds_count{$w}[$__rate_interval]))", "{{step}}")]),
    ]),
    ("What becomes of it?", [
        ("Verdicts", "reqps", "New, copies, excerpts, revisions.",
         [("sum by (verdict) (rate(wiredesk_verdicts_total{$w}[$__rate_interval]))", "{{verdict}}")]),
        ("Routes", "reqps", "The ten routes that take most.",
         [("topk(10, sum by (route) (rate(wiredesk_articles_routed_total{$w}[$__rate_interval])))", "{{route}}")]),
        ("Languages", "reqps", "",
         [("topk(10, sum by (language) (rate(wiredesk_articles_by_language_total{$w}[$__rate_interval])))",
           "{{language}}")]),
        ("Dropped and withheld", "reqps", "By a rule; by a route's rate or sample.",
         [("sum by (reason) (rate(wiredesk_articles_dropped_total{$w}[$__rate_interval]))", "dropped {{reason}}"),
          ("sum by (route, reason) (rate(wiredesk_records_withheld_total{$w}[$__rate_interval]))",
           "withheld {{route}} {{reason}}")]),
        ("Dead letters", "reqps", "By stage and reason.",
         [("sum by (reason) (rate(wiredesk_dead_letters_total{$w}[$__rate_interval]))", "{{reason}}"),
          ("sum by (job) (rate(wiredesk_items_lost_total{$w}[$__rate_interval]))", "items lost in lists")]),
    ]),
    ("What goes wrong?", [
        ("Batches aborted", "reqps", "They are read again; nothing is lost.",
         [("sum by (cause) (rate(wiredesk_batches_aborted_total{$w}[$__rate_interval]))", "{{cause}}")]),
        ("Workers restarted", "short", "In an hour.",
         [("sum by (cause) (increase(wiredesk_worker_restarts_total{$w}[1h]))", "{{cause}}")]),
        ("Errors of the clients of Kafka", "reqps", "By librdkafka's name.",
         [("sum by (error) (rate(wiredesk_broker_errors_total{$w}[$__rate_interval]))", "{{error}}")]),
        ("Slow records", "short", "Records over record_slow in an hour; seconds of one that is being processed.",
         [("sum by (job) (increase(wiredesk_slow_records_total{$w}[1h]))", "in an hour"),
          ("max by (instance) (wiredesk_slow_record_seconds{$w})", "{{instance}}, seconds")]),
        ("Configuration refused", "short", "1: an instance runs on with its old one.",
         [("max by (instance) (wiredesk_configuration_refused{$w})", "{{instance}}")]),
    ]),
    ("The story index", [
        ("Articles remembered", "percentunit", "Of those that it has room for.",
         [("wiredesk_dedupe_articles{$w} / wiredesk_dedupe_articles_max{$w}", "{{instance}}")]),
        ("Stories remembered", "short", "", [("wiredesk_dedupe_stories{$w}", "{{instance}}")]),
        ("Forgotten early", "reqps", "Within their window, for want of memory.",
         [("rate(wiredesk_dedupe_forgotten_early_total{$w}[$__rate_interval])", "{{instance}}")]),
        ("Sighting log", "reqps", "Entries applied; entries that a restore has still to read.",
         [("rate(wiredesk_sightings_applied_total{$w}[$__rate_interval])", "{{instance}}"),
          ("wiredesk_sightings_restore_remaining{$w}", "{{instance}}, to restore")]),
    ]),
    ("The process", [
        ("CPU", "percentunit", "Of one core.",
         [("rate(process_cpu_seconds_total{$w}[$__rate_interval])", "{{instance}}")]),
        ("Memory", "bytes", "Resident, and the story index of it.",
         [("process_resident_memory_bytes{$w}", "{{instance}}"),
          ("wiredesk_dedupe_memory_bytes{$w}", "{{instance}}, story index")]),
        ("Listeners of tap", "short", "", [("wiredesk_tap_listeners{$w}", "{{instance}}")]),
        ("Versions", "short", "",
         [("wiredesk_build_info{$w}", "{{instance}}: {{version}} {{commit}} config {{config}}")]),
    ]),
]

SELECTOR = 'job=~"$job", instance=~"$instance"'
SOURCE = {"type": "prometheus", "uid": "${datasource}"}
COLUMNS, HEIGHT = 24, 8


def panel(number, title, unit, description, queries, at):
    return {
        "id": number, "type": "timeseries", "title": title, "description": description,
        "datasource": SOURCE, "gridPos": at,
        "fieldConfig": {"defaults": {"unit": unit, "min": 0, "custom": {"fillOpacity": 8}}, "overrides": []},
        "options": {"legend": {"displayMode": "list", "placement": "bottom"}, "tooltip": {"mode": "multi", "sort": "desc"}},
        "targets": [{"refId": chr(ord("A") + i), "datasource": SOURCE, "legendFormat": legend,
                     "expr": expression.replace("$w", SELECTOR)} for i, (expression, legend) in enumerate(queries)],
    }


def panels():
    number, y = 0, 0
    for title, row in ROWS:
        number += 1
        yield {"id": number, "type": "row", "title": title, "collapsed": False, "panels": [],
               "gridPos": {"x": 0, "y": y, "w": COLUMNS, "h": 1}}
        y += 1
        for begin in range(0, len(row), 3):
            line = row[begin:begin + 3]
            width = COLUMNS // len(line)
            for i, each in enumerate(line):
                number += 1
                yield panel(number, *each, {"x": i * width, "y": y, "w": width, "h": HEIGHT})
            y += HEIGHT


def variable(name, label):
    query = f"label_values(wiredesk_build_info, {name})"
    return {"name": name, "label": label, "type": "query", "datasource": SOURCE, "definition": query,
            "query": {"query": query, "refId": name}, "includeAll": True, "multi": True, "refresh": 2,
            "current": {"text": ["All"], "value": ["$__all"]}}


print(json.dumps({
    "uid": "wiredesk", "title": "wiredesk", "tags": ["wiredesk", "kafka"], "schemaVersion": 39, "version": 1,
    "editable": True, "refresh": "30s", "time": {"from": "now-6h", "to": "now"}, "timezone": "browser",
    "templating": {"list": [
        {"name": "datasource", "label": "Prometheus", "type": "datasource", "query": "prometheus"},
        variable("job", "Job"), variable("instance", "Instance")]},
    "annotations": {"list": [{
        "name": "Alerts", "datasource": SOURCE, "enable": True, "iconColor": "red",
        "expr": 'ALERTS{alertstate="firing", alertname=~"Wiredesk.*"}', "titleFormat": "{{alertname}}"}]},
    "panels": list(panels()),
}, indent=1, ensure_ascii=False))
