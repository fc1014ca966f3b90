package lazaret.testkit.attack;

import static lazaret.testkit.http2.HeaderBlockBuilder.Indexing.INDEXED;
import static lazaret.testkit.http2.HeaderBlockBuilder.Indexing.NOT_INDEXED;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import lazaret.testkit.http2.HeaderBlockBuilder;
import lazaret.testkit.http2.Http2Client;
import lazaret.testkit.http2.Http2Frame;
import lazaret.testkit.http2.Http2Target;

/// The attacks by header blocks.
final class HpackAttacks {
  /// A value larger than the dynamic table; name, value and 32 bytes count.
  private static final String LARGE = "b".repeat(4_100);

  private HpackAttacks() {}

  static List<Http2Attack> all() {
    return Stream.of(larger(), placed(), bombs(), broken()).flatMap(List::stream).toList();
  }

  /// Returns an attack of several requests, about as many as there are processors, each with one
  /// more field.
  private static Http2Attack requests(String name, UnaryOperator<HeaderBlockBuilder> more) {
    return Http2Attack.open(
        name,
        client -> {
          for (int i = 0; i < 8; i++) {
            client.request(more.apply(client.target().get()));
          }
        });
  }

  /// Returns attacks with entries larger than the dynamic table at that moment. The table is then
  /// emptied (RFC 7541, section 4.4).
  private static List<Http2Attack> larger() {
    return List.of(
        requests("indexed-larger-than-table", b -> b.literal(INDEXED, "x-a", LARGE)),
        requests("indexed-larger-than-table-indexed-name", b -> b.literal(INDEXED, 58, LARGE)),
        requests("indexed-larger-than-table-huffman", b -> b.huffman(INDEXED, "x-a", LARGE)),
        requests(
            "indexed-larger-than-table-huffman-indexed-name", b -> b.huffman(INDEXED, 58, LARGE)),
        requests("indexed-larger-name", b -> b.literal(INDEXED, "x" + LARGE, "")),
        requests("indexed-larger-huffman-name", b -> b.huffman(INDEXED, "x" + LARGE, "")),
        requests(
            "indexed-dynamic-name-larger",
            b -> b.literal(INDEXED, "x-a", "small").literal(INDEXED, 62, LARGE)),
        requests(
            "indexed-one-byte-larger",
            b -> b.literal(INDEXED, "x-a", "b".repeat(4_096 - 32 - 3 + 1))),
        Http2Attack.open(
            "indexed-after-size-update-zero",
            client -> {
              for (int i = 0; i < 8; i++) {
                client.request(resized(client, 0).literal(INDEXED, "x-a", "b"));
              }
            }),
        Http2Attack.open(
            "indexed-after-size-update-shrunk",
            client -> {
              for (int i = 0; i < 8; i++) {
                client.request(resized(client, 100).literal(INDEXED, "x-a", "b".repeat(66)));
              }
            }),
        Http2Attack.open(
            "indexed-after-size-update-in-earlier-block",
            client -> {
              client.request(resized(client, 40));
              for (int i = 0; i < 8; i++) {
                client.request(client.target().get().literal(INDEXED, "x-a", "bcdefg"));
              }
            }),
        Http2Attack.open(
            "indexed-after-size-updates-down-and-up",
            client -> {
              for (int i = 0; i < 8; i++) {
                client.request(
                    resized(client, 0, 4_096)
                        .literal(INDEXED, "x-a", "kept")
                        .literal(INDEXED, "x-a", LARGE));
              }
            }));
  }

  private static HeaderBlockBuilder resized(Http2Client client, long... sizes) {
    var block = new HeaderBlockBuilder();
    for (long size : sizes) {
      block.sizeUpdate(size);
    }
    return block.raw(client.target().get().bytes());
  }

  /// Returns attacks with the same entries at other positions.
  private static List<Http2Attack> placed() {
    return List.of(
        Http2Attack.open("indexed-larger-in-trailer", HpackAttacks::trailer),
        Http2Attack.open(
            "indexed-larger-over-continuation",
            client -> {
              for (int i = 0; i < 8; i++) {
                client.split(
                    client.target().get().literal(INDEXED, "x-a", LARGE),
                    300,
                    Http2Frame.END_STREAM);
              }
            }),
        Http2Attack.open(
            "indexed-larger-split-in-integer",
            client -> {
              for (int i = 0; i < 8; i++) {
                splitInInteger(client);
              }
            }),
        Http2Attack.open(
            "indexed-larger-padded-with-priority",
            client -> {
              for (int i = 0; i < 8; i++) {
                byte[] block = client.target().get().literal(INDEXED, "x-a", LARGE).bytes();
                byte[] padded =
                    new HeaderBlockBuilder()
                        .raw((byte) 9, (byte) 0x80, (byte) 0, (byte) 0, (byte) 0, (byte) 15)
                        .raw(block)
                        .raw(new byte[9])
                        .bytes();
                client.frame(
                    Http2Frame.HEADERS,
                    Http2Frame.END_HEADERS
                        | Http2Frame.END_STREAM
                        | Http2Frame.PADDED
                        | Http2Frame.WITH_PRIORITY,
                    client.stream(),
                    padded);
              }
              client.flush();
            }));
  }

  private static void trailer(Http2Client client) {
    for (int i = 0; i < 8; i++) {
      int stream = client.stream();
      Http2Target target = client.target();
      byte[] head =
          HeaderBlockBuilder.post(target.scheme(), target.authority(), target.path()).bytes();
      client.frame(Http2Frame.HEADERS, Http2Frame.END_HEADERS, stream, head);
      client.frame(
          Http2Frame.HEADERS,
          Http2Frame.END_HEADERS | Http2Frame.END_STREAM,
          stream,
          new HeaderBlockBuilder().literal(INDEXED, "x-a", LARGE).bytes());
    }
    client.flush();
  }

  /// Cuts the block after the first byte of the length of the value.
  private static void splitInInteger(Http2Client client) {
    byte[] head = client.target().get().integer(0x40, 6, 0).string("x-a").bytes();
    byte[] value = new HeaderBlockBuilder().string(LARGE).bytes();
    int stream = client.stream();
    byte[] first = new HeaderBlockBuilder().raw(head).raw(value[0]).bytes();
    byte[] rest = new byte[value.length - 2];
    System.arraycopy(value, 2, rest, 0, rest.length);
    client.frame(Http2Frame.HEADERS, Http2Frame.END_STREAM, stream, first);
    client.frame(Http2Frame.CONTINUATION, 0, stream, value[1]);
    client.frame(Http2Frame.CONTINUATION, 0, stream);
    client.frame(Http2Frame.CONTINUATION, Http2Frame.END_HEADERS, stream, rest);
    client.flush();
  }

  private static List<Http2Attack> bombs() {
    return List.of(
        Http2Attack.ended(
            "hpack-bomb",
            client -> {
              HeaderBlockBuilder block =
                  client.target().get().literal(INDEXED, "x-a", "b".repeat(4_000));
              for (int i = 0; i < 10_000; i++) {
                block.indexed(62);
              }
              client.request(block);
            }),
        Http2Attack.ended(
            "hpack-many-empty-fields",
            client -> {
              HeaderBlockBuilder block = client.target().get();
              for (int i = 0; i < 5_000; i++) {
                block.literal(NOT_INDEXED, 58, "");
              }
              client.request(block);
            }),
        Http2Attack.ended(
            "hpack-header-list-too-large",
            client ->
                client.split(
                    client.target().get().literal(NOT_INDEXED, "x-a", "b".repeat(40_000)),
                    16_384,
                    Http2Frame.END_STREAM)));
  }

  private static Http2Attack invalid(String name, byte... field) {
    return Http2Attack.ended(name, client -> client.request(client.target().get().raw(field)));
  }

  private static Http2Attack invalid(String name, HeaderBlockBuilder field) {
    return invalid(name, field.bytes());
  }

  /// Returns attacks with blocks that every decoder must refuse.
  private static List<Http2Attack> broken() {
    return List.of(
        invalid("hpack-index-zero", (byte) 0x80),
        invalid("hpack-index-out-of-range", new HeaderBlockBuilder().indexed(62)),
        invalid("hpack-index-far-out-of-range", new HeaderBlockBuilder().indexed(1 << 30)),
        invalid(
            "hpack-name-index-out-of-range",
            new HeaderBlockBuilder().literal(NOT_INDEXED, 99, "value")),
        invalid(
            "hpack-integer-overflow", new HeaderBlockBuilder().integer(0x80, 7, 0xFFFF_FFFFL + 62)),
        invalid("hpack-integer-endless", endless()),
        invalid("hpack-length-beyond-block", new HeaderBlockBuilder().raw((byte) 0, (byte) 0x7E)),
        invalid(
            "hpack-length-overflow",
            new HeaderBlockBuilder().raw((byte) 0).integer(0, 7, 1L << 32)),
        invalid("hpack-truncated", new HeaderBlockBuilder().raw((byte) 0x40, (byte) 3, (byte) 'x')),
        invalid("hpack-size-update-after-field", new HeaderBlockBuilder().sizeUpdate(0)),
        Http2Attack.ended(
            "hpack-size-update-too-large", client -> client.request(resized(client, 4_097))),
        invalid(
            "hpack-huffman-end-of-string",
            new HeaderBlockBuilder().raw((byte) 0).string("x-a").integer(0x80, 7, 4).raw(ones(4))),
        invalid(
            "hpack-huffman-long-padding",
            new HeaderBlockBuilder().raw((byte) 0).string("x-a").integer(0x80, 7, 2).raw(ones(2))),
        invalid(
            "hpack-huffman-padding-not-ones",
            new HeaderBlockBuilder()
                .raw((byte) 0)
                .string("x-a")
                .integer(0x80, 7, 1)
                .raw((byte) 0x18)),
        invalid("hpack-empty-name", new HeaderBlockBuilder().literal(NOT_INDEXED, "", "value")),
        invalid(
            "hpack-upper-case-name", new HeaderBlockBuilder().literal(NOT_INDEXED, "X-A", "value")),
        invalid(
            "hpack-line-feed-in-value",
            new HeaderBlockBuilder().literal(NOT_INDEXED, "x-a", "b\nc")),
        invalid("hpack-nul-in-value", new HeaderBlockBuilder().literal(NOT_INDEXED, "x-a", "b\0c")),
        invalid("hpack-repeated-path", new HeaderBlockBuilder().literal(NOT_INDEXED, 4, "/")));
  }

  private static byte[] endless() {
    byte[] bytes = ones(200);
    bytes[199] = 0;
    return bytes;
  }

  private static byte[] ones(int count) {
    byte[] bytes = new byte[count];
    java.util.Arrays.fill(bytes, (byte) 0xFF);
    return bytes;
  }
}
