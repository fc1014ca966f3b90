package lazaret.vetting.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import org.jspecify.annotations.Nullable;

/// The layout of JSON documents for terminals. All characters that are not printable ASCII are
/// escaped: control, format and bidirectional characters of a foreign document must not reach a
/// terminal.
public final class JsonLayout {
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .characterEscapes(new DeleteEscape())
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private JsonLayout() {}

  /// The escapes of JSON, and that of the control character DEL, which JSON permits in a string.
  private static final class DeleteEscape extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    private static final int DELETE = 0x7f;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = standardAsciiEscapesForJSON();
      codes[DELETE] = ESCAPE_STANDARD;
      return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
      return null;
    }
  }

  /// Returns a document with one field a line. Order and values remain.
  ///
  /// @throws MalformedException if the document is not JSON
  public static String indented(Bytes document) {
    return written(document, true);
  }

  /// Returns a document on one line. Order and values remain.
  ///
  /// @throws MalformedException if the document is not JSON
  public static String compact(Bytes document) {
    return written(document, false);
  }

  private static String written(Bytes document, boolean indented) {
    StringWriter text = new StringWriter();
    try (JsonParser in = FACTORY.createParser(document.array());
        JsonGenerator json = FACTORY.createGenerator(text)) {
      if (indented) {
        json.setPrettyPrinter(printer());
      }
      while (in.nextToken() != null) {
        json.copyCurrentEvent(in);
      }
    } catch (IOException e) {
      throw new MalformedException("cannot print the document: expected JSON", e);
    }
    return text.toString();
  }

  private static DefaultPrettyPrinter printer() {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
    printer.indentObjectsWith(lines);
    printer.indentArraysWith(lines);
    return printer;
  }
}
