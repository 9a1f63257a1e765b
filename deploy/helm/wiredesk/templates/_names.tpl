{{- define "wiredesk.name" -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- define "wiredesk.selector" -}}
app.kubernetes.io/name: wiredesk
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
{{- define "wiredesk.labels" -}}
{{ include "wiredesk.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}
