"""Offers as real clients write them, cut to what matters and with made-up names.

Chromium's and Firefox's were recorded from `RTCPeerConnection.setLocalDescription()` with one
slot; the credentials are not anybody's.
"""

PRINT = ":".join(["AB"] * 32)

_CHROMIUM_COMMON = f"""c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=candidate:1 1 udp 2113937151 0f1e2d3c-host.local 50000 typ host generation 0
a=ice-ufrag:Ncpv
a=ice-pwd:7M1P4lI3EBVI7XArIoMpZjcJ
a=ice-options:trickle
a=fingerprint:sha-256 {PRINT}
a=setup:actpass"""

_CHROMIUM_AUDIO = """a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=rtcp-mux
a=rtcp-rsize
a=rtcp-xr:rcvr-rtt=all
a=rtpmap:111 opus/48000/2
a=rtcp-fb:111 transport-cc
a=fmtp:111 minptime=10;useinbandfec=1"""

_CHROMIUM_VIDEO = """a=extmap:14 urn:ietf:params:rtp-hdrext:toffset
a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
a=extmap:13 urn:3gpp:video-orientation
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id
a=rtcp-mux
a=rtcp-rsize
a=rtpmap:96 VP8/90000
a=rtcp-fb:96 goog-remb
a=rtcp-fb:96 transport-cc
a=rtcp-fb:96 ccm fir
a=rtcp-fb:96 nack
a=rtcp-fb:96 nack pli"""

CHROMIUM = f"""v=0
o=- 1153185685547773886 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0 1 2 3 4
a=extmap-allow-mixed
a=msid-semantic: WMS
m=audio 9 UDP/TLS/RTP/SAVPF 111
{_CHROMIUM_COMMON}
a=mid:0
{_CHROMIUM_AUDIO}
a=sendonly
a=msid:- 407f5fd6
a=ssrc:2032559913 cname:ags1
a=ssrc:2032559913 msid:- 407f5fd6
m=video 9 UDP/TLS/RTP/SAVPF 96
{_CHROMIUM_COMMON}
a=mid:1
{_CHROMIUM_VIDEO}
a=sendonly
a=msid:- ff2e923c
a=ssrc:3659070961 cname:ags1
m=video 9 UDP/TLS/RTP/SAVPF 96
{_CHROMIUM_COMMON}
a=mid:2
{_CHROMIUM_VIDEO}
a=sendonly
a=msid:- 2697f95c
a=ssrc:913020699 cname:ags1
m=audio 9 UDP/TLS/RTP/SAVPF 111
{_CHROMIUM_COMMON}
a=mid:3
{_CHROMIUM_AUDIO}
a=recvonly
m=video 9 UDP/TLS/RTP/SAVPF 96
{_CHROMIUM_COMMON}
a=mid:4
{_CHROMIUM_VIDEO}
a=recvonly
""".replace("\n", "\r\n")

_EXTENSION = "urn:ietf:params:rtp-hdrext:sdes:"
_WIDE = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"

REPAIRED = CHROMIUM.replace("SAVPF 96", "SAVPF 96 97").replace(
    "a=rtpmap:96 VP8/90000\r\n",
    f"a=extmap:3 {_WIDE}\r\na=rtpmap:96 VP8/90000\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n",
)
"""The same client with retransmission and numbers over all of its packets, as pages offer it."""

LAYERED = REPAIRED.replace(
    "a=ssrc:3659070961 cname:ags1\r\n",
    f"a=extmap:11 {_EXTENSION}repaired-rtp-stream-id\r\n"
    "a=rid:l send\r\na=rid:m send\r\na=rid:h send\r\na=simulcast:send l;m;h\r\n",
).replace(
    "a=ssrc:913020699 cname:ags1\r\n",
    "a=ssrc-group:FID 913020699 110225717\r\n"
    "a=ssrc:913020699 cname:ags1\r\na=ssrc:110225717 cname:ags1\r\n",
)
"""... and with its camera in three sizes, whose SSRCs it does not announce."""

_FIREFOX_COMMON = """c=IN IP4 0.0.0.0
a=ice-pwd:0123456789abcdef0123456789abcdef
a=ice-ufrag:01234567
a=rtcp-mux
a=setup:actpass"""

FIREFOX = f"""v=0
o=mozilla...THIS_IS_SDPARTA-99.0 1 0 IN IP4 0.0.0.0
s=-
t=0 0
a=fingerprint:sha-256 {PRINT}
a=group:BUNDLE 0 1 2 3
a=ice-options:trickle
a=msid-semantic:WMS *
m=audio 9 UDP/TLS/RTP/SAVPF 109
{_FIREFOX_COMMON}
a=sendonly
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid
a=fmtp:109 maxplaybackrate=48000;stereo=1;useinbandfec=1
a=mid:0
a=rtpmap:109 opus/48000/2
a=ssrc:123 cname:{{x}}
m=video 0 UDP/TLS/RTP/SAVPF 120
{_FIREFOX_COMMON}
a=bundle-only
a=sendonly
a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid
a=fmtp:120 max-fs=12288;max-fr=60
a=mid:1
a=rtcp-fb:120 nack pli
a=rtpmap:120 VP8/90000
m=audio 0 UDP/TLS/RTP/SAVPF 109
{_FIREFOX_COMMON}
a=bundle-only
a=recvonly
a=mid:2
a=rtpmap:109 opus/48000/2
m=video 0 UDP/TLS/RTP/SAVPF 120
{_FIREFOX_COMMON}
a=bundle-only
a=recvonly
a=mid:3
a=rtpmap:120 VP8/90000
""".replace("\n", "\r\n")
