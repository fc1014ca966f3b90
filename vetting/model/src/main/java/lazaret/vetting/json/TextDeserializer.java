package lazaret.vetting.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import java.io.IOException;
import java.time.DateTimeException;
import lazaret.vetting.MalformedException;

/// Reads the values of a text type.
final class TextDeserializer<T> extends StdScalarDeserializer<T> {
  private static final long serialVersionUID = 1L;

  private final transient TextType<T> type;

  TextDeserializer(TextType<T> type) {
    super(type.type());
    this.type = type;
  }

  @Override
  public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT) {
      // A part of a request that was never JSON, such as the body of an upload.
      return type.type().cast(json.getEmbeddedObject());
    }
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      return type.type().cast(context.handleUnexpectedToken(type.type(), json));
    }
    String text = json.getText();
    try {
      return type.reader().apply(text);
    } catch (MalformedException e) {
      throw new InvalidFormatException(json, String.valueOf(e.getMessage()), text, type.type());
    } catch (IllegalArgumentException | DateTimeException _) {
      // The message of the JDK names neither the field nor the expected form.
      throw new InvalidFormatException(json, "", text, type.type());
    }
  }
}
