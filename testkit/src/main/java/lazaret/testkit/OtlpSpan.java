package lazaret.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// A span in the binary form of OTLP. Only the fields that tests compare are read.
///
/// Source: opentelemetry-proto, `trace.proto` and `common.proto`; Protocol Buffers, *Encoding*.
///
/// @param trace the id of the trace in hexadecimal digits
/// @param id its own id
/// @param parent the id of its parent; empty if it has none
/// @param kind 1 internal, 2 server, 3 client
/// @param attributes the attributes of the span
/// @param resource the attributes of the program
public record OtlpSpan(
    String trace,
    String id,
    String parent,
    String name,
    long kind,
    Map<String, String> attributes,
    Map<String, String> resource) {
  /// Copies the maps.
  public OtlpSpan {
    attributes = Map.copyOf(attributes);
    resource = Map.copyOf(resource);
  }

  /// Reads the spans of one export.
  static List<OtlpSpan> read(byte[] export) {
    List<OtlpSpan> spans = new ArrayList<>();
    Message request = Message.read(ByteBuffer.wrap(export));
    for (Message resourceSpans : request.messages(1)) {
      Map<String, String> resource = new HashMap<>();
      resourceSpans.messages(1).forEach(each -> resource.putAll(attributes(each, 1)));
      for (Message scopeSpans : resourceSpans.messages(2)) {
        scopeSpans.messages(2).forEach(span -> spans.add(span(span, resource)));
      }
    }
    return spans;
  }

  private static OtlpSpan span(Message span, Map<String, String> resource) {
    return new OtlpSpan(
        span.hex(1),
        span.hex(2),
        span.hex(4),
        span.text(5),
        span.number(6),
        attributes(span, 9),
        resource);
  }

  private static Map<String, String> attributes(Message message, int field) {
    Map<String, String> attributes = new HashMap<>();
    for (Message pair : message.messages(field)) {
      for (Message value : pair.messages(2)) {
        String text = value.text(1);
        attributes.put(pair.text(1), text.isEmpty() ? String.valueOf(value.number(3)) : text);
      }
    }
    return attributes;
  }

  /// The fields of a message by number: numbers, and the bytes of texts and messages.
  private record Message(Map<Integer, List<ByteBuffer>> bytes, Map<Integer, Long> numbers) {
    static Message read(ByteBuffer in) {
      Message message = new Message(new HashMap<>(), new HashMap<>());
      in.order(ByteOrder.LITTLE_ENDIAN);
      while (in.hasRemaining()) {
        long tag = varint(in);
        int field = (int) (tag >>> 3);
        switch ((int) (tag & 7)) {
          case 0 -> message.numbers.put(field, varint(in));
          case 1 -> message.numbers.put(field, in.getLong());
          case 2 -> {
            int length = (int) varint(in);
            message
                .bytes
                .computeIfAbsent(field, _ -> new ArrayList<>())
                .add(in.slice(in.position(), length));
            in.position(in.position() + length);
          }
          case 5 -> message.numbers.put(field, (long) in.getInt());
          default -> throw new IllegalArgumentException("a wire type that OTLP does not use");
        }
      }
      return message;
    }

    private static long varint(ByteBuffer in) {
      long value = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        byte next = in.get();
        value |= (next & 0x7fL) << shift;
        if (next >= 0) {
          break;
        }
      }
      return value;
    }

    List<Message> messages(int field) {
      return bytes.getOrDefault(field, List.of()).stream().map(Message::read).toList();
    }

    String text(int field) {
      return new String(raw(field), StandardCharsets.UTF_8);
    }

    String hex(int field) {
      return HexFormat.of().formatHex(raw(field));
    }

    private byte[] raw(int field) {
      List<ByteBuffer> found = bytes.getOrDefault(field, List.of());
      if (found.isEmpty()) {
        return new byte[0];
      }
      byte[] copy = new byte[found.getLast().remaining()];
      found.getLast().duplicate().get(copy);
      return copy;
    }

    long number(int field) {
      return numbers.getOrDefault(field, 0L);
    }
  }
}
