#!/bin/sh
# Starts a real Apache Kafka broker, a single node in KRaft mode, for tests.
#
#   start.sh LINE JARS DATA PORT SASL_PORT CONTROLLER_PORT
#
# LINE is 3.9 or 4.x. JARS is a folder for the jars, fetched with Maven when it
# is used for the first time. DATA keeps the broker's log: the same folder and
# ports again are the same broker after a restart. Needs Java 17 and Maven
# (Debian: openjdk-17-jre-headless maven). With DATA left out it only fetches.
#
# Who comes in at PORT may do everything. At SASL_PORT there is one user,
# "limited", who may do only what access control lists say.
set -eu

line=$1
mkdir -p "$2/$1"
jars=$(cd "$2/$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)

if [ ! -f "$jars/.complete" ]; then
  mvn -q -B -f "$here/$line/pom.xml" dependency:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$jars" >&2
  touch "$jars/.complete"
fi
[ $# -gt 2 ] || exit 0

data=$3
port=$4
sasl=$5
controller=$6
mkdir -p "$data"
config=$data/server.properties
if [ ! -f "$config" ]; then
  cat > "$config.new" <<EOF
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$controller
listeners=PLAINTEXT://127.0.0.1:$port,SASL://127.0.0.1:$sasl,CONTROLLER://127.0.0.1:$controller
advertised.listeners=PLAINTEXT://127.0.0.1:$port,SASL://127.0.0.1:$sasl
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL:SASL_PLAINTEXT
sasl.enabled.mechanisms=PLAIN
listener.name.sasl.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_limited="limited-secret";
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS
log.dirs=$data/log
num.partitions=6
auto.create.topics.enable=false
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
# Short times, so that failures show and heal within a test.
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
transaction.abort.timed.out.transaction.cleanup.interval.ms=500
controlled.shutdown.enable=false
broker.session.timeout.ms=1000
broker.heartbeat.interval.ms=250
log.retention.check.interval.ms=1000
log.initial.task.delay.ms=1000
log.segment.delete.delay.ms=1000
num.network.threads=2
num.io.threads=4
${WIREDESK_KAFKA_PROPERTIES:-}
EOF
  mv "$config.new" "$config"
fi

logging="-Dlog4j.configuration=file:$here/log4j.properties"
case $line in 4*) logging="-Dlog4j2.configurationFile=$here/log4j2.properties" ;; esac
logging="$logging -Dwiredesk.log=$data/broker.log"
java="java -Xms64m -Xmx512m -XX:+UseSerialGC -XX:-UsePerfData -Xshare:auto"
java="$java ${WIREDESK_KAFKA_JVM:--XX:TieredStopAtLevel=1} $logging"

if [ ! -f "$data/log/meta.properties" ]; then
  $java -cp "$jars/*" kafka.tools.StorageTool format \
    -t d2lyZWRlc2stdGVzdHMtMQ -c "$config" > "$data/format.log" 2>&1
fi
exec $java -cp "$jars/*" kafka.Kafka "$config" > "$data/stdout.log" 2>&1
