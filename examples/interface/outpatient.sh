#!/bin/sh
# An outpatient visit: registered, told, charged, settled. `sh examples/interface/outpatient.sh http://127.0.0.1:8787`

. "$(dirname "$0")/exchange.sh"

send outpatient-1-register.json '门诊挂号 registration'
visit=$(printf '%s\n' "$answer" | field mdtrt_id)
tell mdtrt_id '就诊ID visit'
send outpatient-2-diagnosis.json '就诊信息 what kind of care'
send outpatient-3-lines.json '费用明细 fee lines'
send outpatient-4-settle.json '门诊结算 settlement'
tell_bill
