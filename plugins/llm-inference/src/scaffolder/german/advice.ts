/** What speaks for and against two pools. */
export const adviceGerman = {
  'prompt-short':
    'Bei Eingaben von {{prompt}} Token kostet die Trennung mehr, als sie bringt: Sie lohnt sich ab etwa {{worthwhile}} Token.',
  'output-long':
    '{{prompt}} Token Eingabe zu {{output}} Token Ausgabe sind vor allem Arbeit für Decode; die Trennung lohnt sich ab etwa 3 zu 1.',
  'no-rdma':
    'Ohne RDMA geht der KV-Cache mit 1 bis 2 GB/s oder weniger über TCP, oft langsamer, als die Eingabe neu zu berechnen.',
  'model-small':
    'Ein Modell mit höchstens 3 Milliarden Parametern berechnet eine Eingabe schneller, als sich ihr Cache übergeben lässt.',
  'load-low':
    'Diese Last passt auf eine GPU, die beides tut; zwei Pools mit je einer GPU wären kaum ausgelastet.',
  'cache-hits':
    'Mit dem Präfix-Cache bleiben von einer Eingabe nur {{left}} Token zu berechnen: zu wenige für eine Übertragung.',
  'link-saturated':
    'Die Übertragungen brauchen {{share}} % der Verbindung; über {{most}} % stauen sie sich. Mehr Ports verwenden, einen KV-Cache in fp8, oder weniger Anfragen je Paar.',
  'transfer-noticeable':
    'Eine Übertragung dauert {{share}} % der Zeit von Prefill; unter {{unnoticed}} % fällt sie nicht auf.',
  'gain-expected':
    'Bei Eingaben von {{prompt}} Token wurde mit Llama-8B etwa {{gain}} % mehr Durchsatz gemessen, und kürzere Abstände zwischen den Token (bei 8000 Token ITL −41 %, TTFT +37 ms).',
  'experts-gain':
    'Mixture-of-Experts-Modelle gewinnen am meisten: viele Prefill-Replikate mit kleiner Tensorparallelität, wenige Decode-Replikate mit größerer.',
  measured: 'Von anderen gemessen: „{{said}}“',
  'measured/model=gpt-oss-120b':
    'llm-d auf 16 H200 mit 8 Prefill-Replikaten (tensor 1) und 2 Decode-Replikaten (tensor 4): TTFT p50 1,11 s, p99 2,01 s, 5,7 ms je Ausgabetoken, 12.036 Ausgabetoken/s.',
  'measured/model=Qwen3-32B':
    'Qwen3-32B-FP8 auf 32 H200 bei 4000 → 500 Token, davon 500 im Cache: getrennt 684,79 Token/s je GPU, zusammen 410,22 (das 1,67-Fache).',
  'ttft-missed':
    'Das erste Token kommt nach etwa {{first}} ms, Ziel sind {{target}} ms: Nötig sind schnellere Prefill-Replikate (mehr Tensorparallelität); mehr Replikate verkürzen nur die Warteschlange.',
  'itl-missed':
    'Ein Schritt von Decode dauert {{step}} ms, Ziel sind {{target}} ms: Decode mehr Tensorparallelität geben, oder weniger Anfragen je Replikat.',
};
