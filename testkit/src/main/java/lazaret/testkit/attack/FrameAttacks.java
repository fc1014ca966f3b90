package lazaret.testkit.attack;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lazaret.testkit.http2.HeaderBlockBuilder;
import lazaret.testkit.http2.Http2Client;
import lazaret.testkit.http2.Http2Frame;
import lazaret.testkit.http2.Http2Target;

/// The attacks by frames that violate a rule of RFC 9113.
final class FrameAttacks {
  private FrameAttacks() {}

  static List<Http2Attack> all() {
    return Stream.of(settings(), windows(), sizes(), streams(), blocks())
        .flatMap(List::stream)
        .toList();
  }

  private static Http2Attack frame(String name, int type, int flags, int stream, byte... payload) {
    return Http2Attack.ended(name, c -> c.frame(type, flags, stream, payload).flush());
  }

  /// Returns an attack that sends a frame after an open request.
  private static Http2Attack open(String name, int type, int flags, byte... payload) {
    return Http2Attack.ended(name, c -> c.frame(type, flags, head(c, 0), payload).flush());
  }

  private static int head(Http2Client client, int flags) {
    int stream = client.stream();
    Http2Target target = client.target();
    client.frame(
        Http2Frame.HEADERS,
        Http2Frame.END_HEADERS | flags,
        stream,
        HeaderBlockBuilder.post(target.scheme(), target.authority(), target.path()).bytes());
    return stream;
  }

  private static byte[] setting(int id, long value) {
    return new HeaderBlockBuilder().raw((byte) 0, (byte) id).raw(Http2Frame.word(value)).bytes();
  }

  private static List<Http2Attack> settings() {
    return List.of(
        frame("settings-push-two", Http2Frame.SETTINGS, 0, 0, setting(2, 2)),
        frame("settings-window-too-large", Http2Frame.SETTINGS, 0, 0, setting(4, 1L << 31)),
        frame("settings-frame-too-small", Http2Frame.SETTINGS, 0, 0, setting(5, 16_383)),
        frame("settings-frame-too-large", Http2Frame.SETTINGS, 0, 0, setting(5, 1 << 24)),
        frame("settings-on-stream", Http2Frame.SETTINGS, 0, 1),
        frame("settings-odd-length", Http2Frame.SETTINGS, 0, 0, new byte[5]),
        frame("settings-ack-with-payload", Http2Frame.SETTINGS, 1, 0, new byte[6]),
        frame("settings-huge", Http2Frame.SETTINGS, 0, 0, new byte[16_380]));
  }

  private static List<Http2Attack> windows() {
    return List.of(
        frame("window-update-zero", Http2Frame.WINDOW_UPDATE, 0, 0, Http2Frame.word(0)),
        frame(
            "window-update-overflow",
            Http2Frame.WINDOW_UPDATE,
            0,
            0,
            Http2Frame.word(Integer.MAX_VALUE)),
        open("window-update-zero-on-stream", Http2Frame.WINDOW_UPDATE, 0, Http2Frame.word(0)),
        open(
            "window-update-overflow-on-stream",
            Http2Frame.WINDOW_UPDATE,
            0,
            Http2Frame.word(Integer.MAX_VALUE)),
        Http2Attack.ended(
            "settings-window-overflows-stream",
            c -> {
              c.frame(Http2Frame.WINDOW_UPDATE, 0, head(c, 0), Http2Frame.word(1_000_000));
              c.frame(Http2Frame.SETTINGS, 0, 0, setting(4, Integer.MAX_VALUE)).flush();
            }),
        frame("window-update-on-idle", Http2Frame.WINDOW_UPDATE, 0, 9, Http2Frame.word(1)),
        Http2Attack.ended(
            "data-beyond-window",
            c -> {
              int stream = head(c, 0);
              for (int i = 0; i < 200; i++) {
                c.frame(Http2Frame.DATA, 0, stream, new byte[16_384]);
              }
              c.flush();
            }));
  }

  private static List<Http2Attack> sizes() {
    return List.of(
        frame("frame-too-long", Http2Frame.PING, 0, 0, new byte[16_385]),
        frame("ping-short", Http2Frame.PING, 0, 0, new byte[7]),
        frame("ping-on-stream", Http2Frame.PING, 0, 1, new byte[8]),
        frame("window-update-short", Http2Frame.WINDOW_UPDATE, 0, 0, new byte[3]),
        frame("goaway-short", Http2Frame.GOAWAY, 0, 0, new byte[7]),
        frame("goaway-on-stream", Http2Frame.GOAWAY, 0, 1, new byte[8]),
        open("reset-short", Http2Frame.RST_STREAM, 0, new byte[3]),
        frame("priority-short", Http2Frame.PRIORITY, 0, 1, new byte[4]),
        open("data-padded-without-length", Http2Frame.DATA, Http2Frame.PADDED),
        open("data-padding-too-long", Http2Frame.DATA, Http2Frame.PADDED, new byte[] {9, 0, 0}),
        frame("headers-padded-without-length", Http2Frame.HEADERS, 13, 1),
        frame("headers-padding-too-long", Http2Frame.HEADERS, 13, 1, new byte[] {9, 0, 0}),
        frame("headers-priority-too-short", Http2Frame.HEADERS, 37, 1, new byte[] {0, 0, 0}));
  }

  private static List<Http2Attack> streams() {
    return List.of(
        frame("headers-on-stream-zero", Http2Frame.HEADERS, 5, 0, (byte) 0x82),
        frame("headers-on-even-stream", Http2Frame.HEADERS, 5, 2, (byte) 0x82),
        frame("data-on-stream-zero", Http2Frame.DATA, 0, 0, new byte[1]),
        frame("data-on-idle", Http2Frame.DATA, 0, 1, new byte[1]),
        frame("reset-on-stream-zero", Http2Frame.RST_STREAM, 0, 0, new byte[4]),
        frame("reset-on-idle", Http2Frame.RST_STREAM, 0, 1, new byte[4]),
        frame("priority-on-stream-zero", Http2Frame.PRIORITY, 0, 0, new byte[5]),
        frame("push-promise", Http2Frame.PUSH_PROMISE, 4, 1, new byte[5]),
        Http2Attack.ended(
            "headers-on-lower-stream",
            c -> {
              c.stream();
              head(c, Http2Frame.END_STREAM);
              c.frame(Http2Frame.HEADERS, 5, 1, c.target().get().bytes()).flush();
            }),
        Http2Attack.ended(
            "data-after-end",
            c -> c.frame(Http2Frame.DATA, 0, head(c, Http2Frame.END_STREAM), new byte[1]).flush()),
        Http2Attack.ended(
            "headers-after-end",
            c -> {
              int stream = head(c, Http2Frame.END_STREAM);
              c.frame(Http2Frame.HEADERS, 5, stream, c.target().get().bytes()).flush();
            }),
        Http2Attack.ended(
            "trailer-without-end",
            c ->
                c.frame(
                        Http2Frame.HEADERS,
                        4,
                        head(c, 0),
                        new HeaderBlockBuilder()
                            .literal(HeaderBlockBuilder.Indexing.NOT_INDEXED, "x-a", "b")
                            .bytes())
                    .flush()));
  }

  private static Http2Attack block(String name, Consumer<Http2Client> next) {
    return Http2Attack.ended(
        name,
        c -> {
          c.frame(Http2Frame.HEADERS, Http2Frame.END_STREAM, c.stream(), c.target().get().bytes());
          next.accept(c);
          c.flush();
        });
  }

  private static List<Http2Attack> blocks() {
    return List.of(
        frame("continuation-without-headers", Http2Frame.CONTINUATION, 4, 1, (byte) 0x82),
        block("ping-in-header-block", c -> c.frame(Http2Frame.PING, 0, 0, new byte[8])),
        block("data-in-header-block", c -> c.frame(Http2Frame.DATA, 1, 1)),
        block("unknown-frame-in-header-block", c -> c.frame(0x77, 0, 0)),
        block(
            "headers-in-header-block",
            c -> c.frame(Http2Frame.HEADERS, 5, c.stream(), c.target().get().bytes())),
        block("continuation-of-other-stream", c -> c.frame(Http2Frame.CONTINUATION, 4, 3)));
  }
}
