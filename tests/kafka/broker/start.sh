#!/bin/sh
# Starts a real Apache Kafka broker, a single node in KRaft mode, for tests.
#
#   start.sh LINE JARS DATA PORT SASL_PORT CONTROLLER_PORT TLS_PORTS
#
# LINE is 3.9 or 4.x. JARS is a folder for the jars, fetched with Maven when it
# is used for the first time. DATA keeps the broker's log: the same folder and
# ports again are the same broker after a restart. Needs Java 17 and Maven
# (Debian: openjdk-17-jre-headless maven). With DATA left out it only fetches.
#
# Who comes in at PORT may do everything. At SASL_PORT there is one user,
# "limited" (PLAIN and SCRAM), who may do only what access control lists say.
# TLS_PORTS are four with commas between them: with a good certificate for
# localhost; with the same, and a certificate asked of the client; with one that
# has expired; with one for another host. DATA/tls holds the authority
# (ca.pem), another one (other-ca.pem) and the client's (client.pem, client.key).
# Needs openssl.
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
tls=$(echo "$7" | cut -d, -f1)
mtls=$(echo "$7" | cut -d, -f2)
expired=$(echo "$7" | cut -d, -f3)
elsewhere=$(echo "$7" | cut -d, -f4)
mkdir -p "$data"

# authority NAME
authority() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
    -days 30 -subj "/CN=$1" -keyout "$1.key" -out "$1.pem" 2>> openssl.log
}

# certificate NAME HOST DAYS: NAME.pem and NAME.key, and both in NAME-store.pem
certificate() {
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
    -subj "/CN=$2" -keyout "$1.key" -out "$1.csr" 2>> openssl.log
  echo "subjectAltName=DNS:$2" > "$1.ext"
  openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial \
    -days "$3" -extfile "$1.ext" -out "$1.pem" 2>> openssl.log
  cat "$1.key" "$1.pem" > "$1-store.pem"
}

if [ ! -d "$data/tls" ]; then
  mkdir "$data/tls"
  (
    cd "$data/tls"
    authority ca
    authority other-ca
    certificate broker localhost 30
    certificate expired localhost -1
    certificate elsewhere elsewhere.example 30
    certificate client desk 30
  )
fi
config=$data/server.properties
if [ ! -f "$config" ]; then
  cat > "$config.new" <<EOF
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$controller
listeners=PLAINTEXT://127.0.0.1:$port,SASL://127.0.0.1:$sasl,CONTROLLER://127.0.0.1:$controller,TLS://127.0.0.1:$tls,MTLS://127.0.0.1:$mtls,EXPIRED://127.0.0.1:$expired,ELSEWHERE://127.0.0.1:$elsewhere
advertised.listeners=PLAINTEXT://127.0.0.1:$port,SASL://127.0.0.1:$sasl,TLS://localhost:$tls,MTLS://localhost:$mtls,EXPIRED://localhost:$expired,ELSEWHERE://localhost:$elsewhere
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL:SASL_PLAINTEXT,TLS:SSL,MTLS:SSL,EXPIRED:SSL,ELSEWHERE:SSL
listener.name.tls.ssl.keystore.type=PEM
listener.name.tls.ssl.keystore.location=$data/tls/broker-store.pem
listener.name.mtls.ssl.keystore.type=PEM
listener.name.mtls.ssl.keystore.location=$data/tls/broker-store.pem
listener.name.mtls.ssl.truststore.type=PEM
listener.name.mtls.ssl.truststore.location=$data/tls/ca.pem
listener.name.mtls.ssl.client.auth=required
listener.name.expired.ssl.keystore.type=PEM
listener.name.expired.ssl.keystore.location=$data/tls/expired-store.pem
listener.name.elsewhere.ssl.keystore.type=PEM
listener.name.elsewhere.ssl.keystore.location=$data/tls/elsewhere-store.pem
sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512
listener.name.sasl.scram-sha-256.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.sasl.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.sasl.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_limited="limited-secret";
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS;User:CN=desk
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
    -t d2lyZWRlc2stdGVzdHMtMQ -c "$config" \
    -S 'SCRAM-SHA-256=[name=limited,password=limited-secret]' \
    -S 'SCRAM-SHA-512=[name=limited,password=limited-secret]' \
    > "$data/format.log" 2>&1
fi
exec $java -cp "$jars/*" kafka.Kafka "$config" > "$data/stdout.log" 2>&1
