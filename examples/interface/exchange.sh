# What the scripts of this folder share: a message is sent, its answer told. It is read by them and not run.

set -eu
if [ $# -ne 1 ]; then
    echo "usage: sh $0 BASE_URL (as \`yibao serve --demo\` prints it)" >&2
    exit 2
fi
base=${1%/}
here=$(dirname "$0")
run=$(date +%y%m%d%H%M%S)$$
visit=
answer=
message=$(mktemp)
trap 'rm -f "$message"' EXIT

# field NAME: the first value of that name in the JSON on standard input.
field() {
    tr ',{' '\n\n' | sed -n "s/^ *\"$1\" *: *\"\{0,1\}\([^\"}]*\).*/\1/p" | sed 1q
}

# send FILE WHAT: puts the ids into the file and sends it; ends here unless it was carried out.
send() {
    number=$(field infno < "$here/$1")
    sed -e "s/@MSGID@/$number-$run/" -e "s/@VISIT@/$visit/" "$here/$1" > "$message"
    if ! answer=$(curl -sS --max-time 30 --data-binary "@$message" "$base/fsi/api/rsfComIfsService/callService"); then
        echo "$number $2: no answer from $base; is \`yibao serve --demo\` running there?" >&2
        exit 1
    fi
    code=$(printf '%s\n' "$answer" | field infcode)
    if [ "$code" != 0 ]; then
        why=$(printf '%s\n' "$answer" | sed -n 's/.*"err_msg" *: *"\([^"]*\)".*/\1/p')
        echo "$number $2: not carried out, infcode ${code:-absent}: ${why:-$answer}" >&2
        exit 1
    fi
    echo "$number $2"
}

# tell NAME WHAT: a field of the answer.
tell() {
    printf '     %-16s %-24s %s\n' "$1" "$(printf '%s\n' "$answer" | field "$1")" "$2"
}

# tell_bill: what a settlement came to.
tell_bill() {
    tell setl_id '结算ID settlement'
    tell medfee_sumamt '医疗费总额 total'
    tell act_pay_dedc '起付线 deductible'
    tell fund_pay_sumamt '基金支付 funds'
    tell acct_pay '个人账户 account'
    tell psn_cash_pay '个人现金 cash'
    tell balc '账户余额 left in the account'
}
