// The rules of fleet.py in JavaScript: how many are not met where they apply. fleet.js DIR
const fs = require('fs');
const dir = process.argv[2];
const version = (text) => text.split('.').map(Number);
const less = (a, b) => { for (let i = 0; i < 3; i++) if (a[i] !== b[i]) return a[i] < b[i]; return false; };
const guards = [
  (f) => f.get('os||family') === 'linux',
  (f) => f.get('cpu||arch') === 'x86_64' && f.get('os||family') === 'linux',
  (f) => f.get('os||family') === 'linux' || f.get('os||family') === 'macos',
];
const rules = JSON.parse(fs.readFileSync(`${dir}/rules.json`, 'utf8')).map(({ guard, slot, op, value }) => {
  const text = JSON.stringify(value), least = value.version && version(value.version);
  const broken = op === '=' ? (x) => JSON.stringify(x) !== text : (x) => less(version(x.version), least);
  return (f) => guards[guard](f) && broken(f.get(slot));
});
let count = 0;
for (const line of fs.readFileSync(`${dir}/fleet/machines.ndjson`, 'utf8').split('\n')) {
  if (!line) continue;
  const facts = new Map();
  for (const { slot, value } of JSON.parse(line).facts) facts.set(`${slot.family}|${slot.key || ''}|${slot.attribute}`, value);
  for (const rule of rules) if (rule(facts)) count++;
}
console.log(count);
