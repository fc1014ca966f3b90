package lazaret.bundle.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import lazaret.vetting.Bytes;

/// Writes a JSON object field by field; a field without a value is left out. Not thread-safe.
final class Answer {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator json;

  private Answer(JsonGenerator json) {
    this.json = json;
  }

  /// Writes one object.
  static Bytes object(Consumer<Answer> fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      fields.accept(new Answer(json));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return Bytes.of(out.toByteArray());
  }

  /// Writes the text of a value.
  Answer text(String name, Object value) {
    return write(() -> json.writeStringField(name, value.toString()));
  }

  Answer text(String name, Optional<?> value) {
    value.ifPresent(v -> text(name, v));
    return this;
  }

  Answer put(String name, long value) {
    return write(() -> json.writeNumberField(name, value));
  }

  Answer put(String name, boolean value) {
    return write(() -> json.writeBooleanField(name, value));
  }

  Answer object(String name, Consumer<Answer> fields) {
    return write(
        () -> {
          json.writeObjectFieldStart(name);
          fields.accept(this);
          json.writeEndObject();
        });
  }

  <T> Answer list(String name, Collection<T> values, BiConsumer<Answer, T> fields) {
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

  Answer texts(String name, Collection<String> values) {
    return write(
        () -> {
          json.writeArrayFieldStart(name);
          for (String value : values) {
            json.writeString(value);
          }
          json.writeEndArray();
        });
  }

  private interface Writing {
    void run() throws IOException;
  }

  private Answer write(Writing writing) {
    try {
      writing.run();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }
}
