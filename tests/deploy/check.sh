#!/bin/sh
# What stands in deploy/ and is not a program: the rules of Prometheus are checked
# and tested, each alert has its section in the runbook, each metric that a rule
# or a panel names exists in the code, the unit of systemd is sandboxed. With
# --helm the chart is linted and rendered with everything on, and `wiredesk
# check` reads the configuration in it; needs Go, which builds Helm first
# (minutes), or a `helm` on the PATH.
# Usage: tests/deploy/check.sh [--helm] [WIREDESK]   by default build/release/wiredesk
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
with_helm=no
if [ "${1:-}" = --helm ]; then
  with_helm=yes
  shift
fi
program=${1:-build/release/wiredesk}
status=0
fail() {
  echo "deploy: $*"
  status=1
}

promtool check rules deploy/prometheus/rules.yaml >/dev/null ||
  fail "deploy/prometheus/rules.yaml does not pass promtool"
promtool test rules tests/deploy/prometheus_rules_test.yaml >/dev/null ||
  fail "tests/deploy/prometheus_rules_test.yaml fails; run promtool test rules on it"

alerts=$(sed -n 's/^ *- alert: *//p' deploy/prometheus/rules.yaml)
[ -n "$alerts" ] || fail "no alert in deploy/prometheus/rules.yaml"
for alert in $alerts; do
  grep -q "^### $alert\$" docs/operations.md || fail "docs/operations.md has no section $alert"
  grep -q "alertname: $alert" tests/deploy/prometheus_rules_test.yaml || fail "no test of $alert"
done

python3 deploy/grafana/dashboard.py | cmp -s - deploy/grafana/wiredesk.json ||
  fail "deploy/grafana/wiredesk.json is not what deploy/grafana/dashboard.py writes; run it"
# Each query of it is one that Prometheus understands: as the rules of a file.
python3 - <<'EOF' >"${TMPDIR:-/tmp}/wiredesk-dashboard-$$.yaml" || fail "deploy/grafana/wiredesk.json"
import json
panels = json.load(open("deploy/grafana/wiredesk.json"))["panels"]
assert len({panel["id"] for panel in panels}) == len(panels)
queries = [target["expr"] for panel in panels for target in panel.get("targets", [])]
rules = [{"record": "q%d" % i, "expr": query.replace("$__rate_interval", "5m")}
         for i, query in enumerate(queries)]
print(json.dumps({"groups": [{"name": "dashboard", "rules": rules}]}))
EOF
promtool check rules "${TMPDIR:-/tmp}/wiredesk-dashboard-$$.yaml" >/dev/null ||
  fail "a query of deploy/grafana/wiredesk.json does not pass promtool"
rm -f "${TMPDIR:-/tmp}/wiredesk-dashboard-$$.yaml"

metrics=$(cat deploy/prometheus/rules.yaml deploy/grafana/*.json 2>/dev/null |
  grep -oE '\bwiredesk_[a-z_]+' | sort -u)
for metric in $metrics; do
  name=$(echo "$metric" | sed -E 's/_(bucket|sum|count)$//')
  grep -rq "\"$name\"" pipeline stages --include='*.cc' --include='*.h' ||
    fail "no code counts $metric"
done

# The bill of materials names each library by its Debian package, once.
python3 deploy/sbom.py "$program" | python3 -c '
import json, sys
packages = json.load(sys.stdin)["packages"]
assert len({package["SPDXID"] for package in packages}) == len(packages)
assert {"wiredesk", "librdkafka1"} <= {package["name"] for package in packages}
assert all(package["versionInfo"] != "NOASSERTION" for package in packages)
' || fail "deploy/sbom.py does not name what $program is linked with"

systemd-analyze security --offline=true --threshold=20 \
  deploy/systemd/wiredesk.service >/dev/null ||
  fail "deploy/systemd/wiredesk.service is exposed more than 2.0"

if [ $with_helm = yes ]; then
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  helm=$(command -v helm || true)
  if [ -z "$helm" ]; then
    GOBIN="$scratch/bin" go install helm.sh/helm/v3/cmd/helm@v3.16.4
    helm="$scratch/bin/helm"
  fi
  "$helm" lint --strict deploy/helm/wiredesk >/dev/null 2>&1 || fail "helm lint"
  "$helm" template desk deploy/helm/wiredesk --set secretName=kafka \
    --set serviceMonitor.enabled=true,prometheusRule.enabled=true \
    --set networkPolicy.enabled=true,keda.enabled=true \
    > "$scratch/all.yaml" 2>/dev/null || fail "helm template"
  for kind in ConfigMap NetworkPolicy PodDisruptionBudget PrometheusRule ScaledObject Service \
    ServiceMonitor StatefulSet; do
    grep -q "^kind: $kind\$" "$scratch/all.yaml" || fail "the chart renders no $kind"
  done
  sed -n '/wiredesk.yaml: |/,/^---/{s/^    //p}' "$scratch/all.yaml" > "$scratch/wiredesk.yaml"
  WIREDESK_INSTANCE=desk-0 "$program" check --config "$scratch/wiredesk.yaml" ||
    fail "the chart's configuration"
fi
[ $status != 0 ] || echo "deploy: rules, runbook, metrics and unit are right"
exit $status
