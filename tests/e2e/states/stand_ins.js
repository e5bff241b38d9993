// A drawn person before a camera, head and shoulders at 640 x 480, breathing. stand_ins.py hands
// this to pages, together with where the picture goes.

const PEOPLE = {
  mette: { wall: "#d5ddd3", skin: "#e9c0a0", shade: "#d9a883", hair: "#8a6c52", cloth: "#5f7d6c", collar: "#f0ece4", cut: "bob", room: "books" },
  sofie: { wall: "#b2c1c7", skin: "#f0cdb4", shade: "#e0b296", hair: "#b68b50", cloth: "#4f7490", collar: "#3f5f78", cut: "long", room: "lights" },
  aya: { wall: "#e8dcc8", skin: "#b57b4d", shade: "#9a653c", hair: "#2c2222", cloth: "#b5533c", collar: "#9a4431", cut: "curls", room: "picture" },
}
const SKINS = [
  ["#f0cdb4", "#e0b296"],
  ["#b57b4d", "#9a653c"],
  ["#e0b48c", "#c9976d"],
  ["#8a5a3b", "#73482d"],
  ["#e9c0a0", "#d9a883"],
]
const HAIRS = ["#2c2222", "#8a6c52", "#b68b50", "#5a3a28", "#9a9690", "#c2703d"]
const CUTS = ["short", "bob", "curls", "long", "short", "curls", "bob"]
const ROOMS = ["picture", "books", "lights", "picture"]

/** Who is drawn for a name of the cast, or for any other name or number. */
function somebody(who) {
  if (Object.hasOwn(PEOPLE, who)) return PEOPLE[who]
  const number = Number(who) || [...String(who)].reduce((sum, letter) => sum + letter.codePointAt(0), 0)
  const [skin, shade] = SKINS[number % SKINS.length]
  const hue = (number * 67) % 360
  return {
    wall: `oklch(0.86 0.025 ${hue})`,
    skin,
    shade,
    hair: HAIRS[number % HAIRS.length],
    cloth: `oklch(0.5 0.07 ${hue})`,
    collar: `oklch(0.42 0.07 ${hue})`,
    cut: CUTS[number % CUTS.length],
    room: ROOMS[number % ROOMS.length],
  }
}

function tools(brush) {
  const fill = (colour, path) => {
    brush.fillStyle = colour
    brush.fill(new Path2D(path))
  }
  const line = (colour, wide, path) => {
    brush.strokeStyle = colour
    brush.lineWidth = wide
    brush.lineCap = "round"
    brush.stroke(new Path2D(path))
  }
  const dot = (colour, x, y, wide, high = wide) => {
    brush.fillStyle = colour
    brush.beginPath()
    brush.ellipse(x, y, wide, high, 0, 0, 2 * Math.PI)
    brush.fill()
  }
  return { fill, line, dot }
}

const BEHIND = {
  books({ fill, line }) {
    fill("#f4efe2", "M0 0h130v240H0z")
    line("#c6d0c6", 10, "M64 0v236M0 108h126")
    line("#8b765f", 12, "M506 118h140M506 246h140")
    fill("#6b8c7a", "M518 52h24v60h-24z")
    fill("#b9644c", "M546 42h22v70h-22z")
    fill("#d8b465", "M572 58h26v54h-26z")
    fill("#a3b3a6", "M520 190h60v50h-60z")
  },
  lights({ fill, line, dot }) {
    line("#7d8b91", 4, "M0 30C150 105 420 110 640 10")
    for (const [x, y] of [[60, 60], [150, 88], [245, 99], [350, 98], [455, 80], [550, 52]]) dot("#f6d99a", x, y, 10)
    fill("#ebe4d6", "M476 170h120v150H476z")
    fill("#82a08d", "M476 320v-52c36-30 70-16 120 12v40z")
    dot("#e3b455", 552, 212, 17)
  },
  picture({ fill, dot }) {
    fill("#6f9a80", "M474 60h116v146H474z")
    fill("#f3ead6", "M484 70h96v126h-96z")
    dot("#e3b455", 532, 116, 20)
    fill("#8a6c52", "M40 330h150v12H40z")
    fill("#4d7a63", "M92 330c-34-60-20-96 6-130 26 34 40 70 6 130z")
  },
}

const HAIR_BEHIND = {
  short() {},
  bob: ({ fill }, hair) => fill(hair, "M206 232C194 118 252 58 320 58s126 60 114 174c0 50-6 86-22 100H228c-16-14-22-50-22-100z"),
  long: ({ fill }, hair) => fill(hair, "M212 250C196 120 248 62 320 62S444 120 428 250l26 230H186z"),
  curls({ dot }, hair) {
    for (let turn = 0; turn < 14; turn += 1) {
      const round = Math.PI * (0.88 + (turn / 13) * 1.24)
      dot(hair, 320 + 96 * Math.cos(round), 192 + 104 * Math.sin(round), 42)
    }
  },
}

const HAIR_BEFORE = {
  short: ({ fill }, hair) => fill(hair, "M234 200c-12-92 28-136 86-136s98 44 86 136c-6-32-16-48-28-64-40 12-78 10-112 0-14 16-26 32-32 64z"),
  bob: ({ fill }, hair) => fill(hair, "M236 214c-10-94 30-140 88-138 52 2 90 46 80 134-8-38-26-58-46-72-34 28-88 26-122 76z"),
  long: ({ fill }, hair) => fill(hair, "M320 88c-60 4-88 54-84 150-20-94 0-168 84-172 84 4 104 78 84 172 4-96-24-146-84-150z"),
  curls({ dot }, hair) {
    for (let place = 0; place < 7; place += 1) dot(hair, 250 + place * 23, 124 - 30 * Math.sin((place / 6) * Math.PI), 27)
  },
}

function paint(brush, who, up) {
  const one = somebody(who)
  const all = tools(brush)
  const { fill, line, dot } = all
  fill(one.wall, "M0 0h640v480H0z")
  BEHIND[one.room](all)
  brush.save()
  brush.translate(0, 16 + up)
  HAIR_BEHIND[one.cut](all, one.hair)
  fill(one.cloth, "M126 500c4-96 72-126 146-140h96c74 14 142 44 146 140z")
  fill(one.shade, "M284 290h72v70c-6 26-66 26-72 0z")
  fill(one.collar, one.cut === "bob" ? "M274 356l12-12 34 62 34-62 12 12-46 84z" : "M270 352c20 44 80 44 100 0l16 12c-28 66-104 66-132 0z")
  for (const x of [240, 400]) dot(one.shade, x, 226, 13, 20)
  fill(one.skin, "M240 200c0-66 32-104 80-104s80 38 80 104c0 78-40 128-80 128s-80-50-80-128z")
  HAIR_BEFORE[one.cut](all, one.hair)
  line(one.hair, 6, "M266 190c12-8 24-8 34-3M340 187c10-5 22-5 34 3")
  for (const x of [286, 354]) dot("#241f1d", x, 216, 7, 9)
  line(one.shade, 6, "M322 226c-4 14-8 22-2 26h8")
  line("#a4533f", 7, "M296 280c14 12 34 12 48 0")
  if (one.room === "books") line("#3c3431", 5, "M260 214a26 24 0 1 0 52 0a26 24 0 1 0-52 0M328 214a26 24 0 1 0 52 0a26 24 0 1 0-52 0M312 210c5-4 11-4 16 0")
  brush.restore()
}

/** A camera's track with that person on it, until it is stopped. */
function drawn(who) {
  const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 })
  const brush = canvas.getContext("2d")
  const draw = () => paint(brush, who, 2 * Math.sin(performance.now() / 700))
  draw()
  const timer = setInterval(draw, 200)
  const [face] = canvas.captureStream(5).getVideoTracks()
  const stop = face.stop.bind(face)
  face.stop = () => {
    clearInterval(timer)
    stop()
  }
  return face
}
