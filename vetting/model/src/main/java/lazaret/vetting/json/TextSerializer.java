package lazaret.vetting.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;

/// Writes the values of a text type.
final class TextSerializer<T> extends StdScalarSerializer<T> {
  private static final long serialVersionUID = 1L;

  private final transient TextType<T> type;

  TextSerializer(TextType<T> type) {
    super(type.type());
    this.type = type;
  }

  @Override
  public void serialize(T value, JsonGenerator json, SerializerProvider provider)
      throws IOException {
    json.writeString(type.text(value));
  }
}
