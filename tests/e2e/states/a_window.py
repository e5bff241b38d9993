"""A window to be shown, where no browser could ask for one: a sheet with a frame on it."""

SHOWS = """() => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 400 })
  const brush = canvas.getContext('2d')
  brush.fillStyle = '#f3f3ec'
  const draw = () => {
    brush.fillRect(0, 0, 640, 400)
    brush.strokeRect(40, 40, 560, 320)
  }
  setInterval(draw, 100)
  draw()
  navigator.mediaDevices.getDisplayMedia = async () => {
    const stream = canvas.captureStream(10)
    stream.getVideoTracks()[0].getSettings = () => ({ displaySurface: 'window' })
    return stream
  }
}"""
