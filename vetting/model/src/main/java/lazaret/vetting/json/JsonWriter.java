package lazaret.vetting.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import org.jspecify.annotations.Nullable;

/// A writer of one JSON object, field by field. A field without a value is omitted, so that readers
/// never see `null`. Not thread-safe.
public final class JsonWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator json;

  private JsonWriter(JsonGenerator json) {
    this.json = json;
  }

  /// Returns one object as bytes.
  ///
  /// @param fields writes its fields
  public static Bytes object(Consumer<JsonWriter> fields) {
    return object(fields, Integer.MAX_VALUE);
  }

  /// Returns one object as bytes, with a limit on their number.
  ///
  /// @throws MalformedException if the object has more bytes than the limit
  public static Bytes object(Consumer<JsonWriter> fields, int maxBytes) {
    Limited out = new Limited(maxBytes);
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      fields.accept(new JsonWriter(json));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return Bytes.of(out.toByteArray());
  }

  /// Returns Jackson's generator, for a form that is hashed or signed and must not change with this
  /// class.
  public static JsonGenerator stream(OutputStream out) throws IOException {
    return FACTORY.createGenerator(out);
  }

  /// Returns Jackson's generator, as [#stream(OutputStream)] does.
  public static JsonGenerator stream(Writer out) throws IOException {
    return FACTORY.createGenerator(out);
  }

  /// Writes a text; omits the field if the value is null.
  public JsonWriter put(String name, @Nullable String value) {
    return value == null ? this : write(() -> json.writeStringField(name, value));
  }

  /// Writes a number.
  public JsonWriter put(String name, long value) {
    return write(() -> json.writeNumberField(name, value));
  }

  /// Writes a decimal number without an exponent.
  public JsonWriter put(String name, BigDecimal value) {
    return write(
        () -> {
          json.writeFieldName(name);
          json.writeNumber(value.toPlainString());
        });
  }

  /// Writes true or false.
  public JsonWriter put(String name, boolean value) {
    return write(() -> json.writeBooleanField(name, value));
  }

  /// Writes a time in the form of ISO 8601, in UTC; omits the field if the value is null.
  public JsonWriter put(String name, @Nullable Instant value) {
    return put(name, value == null ? null : value.toString());
  }

  /// Writes the `toString` form of a value; omits the field if the value is null.
  public JsonWriter text(String name, @Nullable Object value) {
    return put(name, value == null ? null : value.toString());
  }

  /// Writes the `toString` form of a value; omits the field if the value is empty.
  public JsonWriter text(String name, Optional<?> value) {
    value.ifPresent(v -> put(name, v.toString()));
    return this;
  }

  /// Writes an object.
  public JsonWriter object(String name, Consumer<JsonWriter> fields) {
    return write(
        () -> {
          json.writeObjectFieldStart(name);
          fields.accept(this);
          json.writeEndObject();
        });
  }

  /// Writes a list of objects. An empty list is written as `[]`.
  public <T> JsonWriter list(String name, Iterable<T> values, BiConsumer<JsonWriter, T> fields) {
    return write(
        () -> {
          json.writeArrayFieldStart(name);
          for (T value : values) {
            json.writeStartObject();
            fields.accept(this, value);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /// Writes a list of texts. An empty list is written as `[]`.
  public JsonWriter texts(String name, Collection<String> values) {
    return write(
        () -> {
          json.writeArrayFieldStart(name);
          for (String value : values) {
            json.writeString(value);
          }
          json.writeEndArray();
        });
  }

  /// A document in memory that refuses to grow beyond a limit.
  private static final class Limited extends ByteArrayOutputStream {
    private final int maxBytes;

    private Limited(int maxBytes) {
      super(1024);
      this.maxBytes = maxBytes;
    }

    @Override
    public synchronized void write(int b) {
      check(1);
      super.write(b);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      check(length);
      super.write(bytes, offset, length);
    }

    private void check(int more) {
      if (count + (long) more > maxBytes) {
        throw new MalformedException(
            "cannot write the response: expected at most %d bytes, found more; request less, or give the server more heap"
                .formatted(maxBytes));
      }
    }
  }

  private interface Writing {
    void run() throws IOException;
  }

  private JsonWriter write(Writing writing) {
    try {
      writing.run();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }
}
