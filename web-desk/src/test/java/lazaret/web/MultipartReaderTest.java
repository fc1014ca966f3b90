package lazaret.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartReaderTest {
  private static final String TYPE = "multipart/form-data; boundary=----WebKitX";
  private static final String HEAD =
      "------WebKitX\r\nContent-Disposition: form-data; name=\"lockfile\";"
          + " filename=\"Cargo.lock\"\r\nContent-Type: application/octet-stream\r\n\r\n";
  private static final String TAIL = "\r\n------WebKitX--\r\n";

  @Test
  void readsTheFileWithItsName() {
    FormFields form = read(HEAD + "version = 4\r\n\n" + TAIL);

    assertThat(form.all("lockfile")).containsExactly("version = 4\r\n\n");
    assertThat(form.text("lockfile.filename")).contains("Cargo.lock");
  }

  @Test
  void readsAnEmptyFileAndAQuotedBoundary() {
    FormFields form =
        MultipartReader.read(
            "Multipart/Form-Data;boundary=\"----WebKitX\"",
            Bytes.utf8(HEAD + "\r\n------WebKitX--"));

    assertThat(form.all("lockfile")).containsExactly("");
  }

  @Test
  void keepsTextThatResemblesTheDelimiter() {
    String text = "--\r\n------WebKit\r\n-----WebKitX--";

    assertThat(read(HEAD + text + TAIL).all("lockfile")).containsExactly(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=a\r\nb",
        "multipart/form-data; boundary=a; charset=x",
        "multipart/form-data; boundary=\"a"
      })
  void refusesAnotherBoundary(String type) {
    assertThat(MultipartReader.reads(type)).isTrue();
    assertThatThrownBy(() -> MultipartReader.read(type, Bytes.utf8(HEAD + TAIL)))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith(
            "cannot read the form: expected a boundary of 1 to 70 characters, found '");
  }

  @Test
  void refusesALongBoundary() {
    String type = "multipart/form-data; boundary=" + "a".repeat(71);

    assertThatThrownBy(() -> MultipartReader.read(type, Bytes.EMPTY))
        .hasMessageStartingWith("cannot read the form: expected a boundary");
  }

  @Test
  void refusesTextBeforeTheFirstDelimiter() {
    refuses("x" + HEAD + TAIL, "its delimiter at the beginning, found other text");
    refuses("", "its delimiter at the beginning, found other text");
    refuses("------WebKitX--\r\n", "its delimiter at the beginning, found other text");
  }

  @Test
  void refusesASecondField() {
    refuses(
        HEAD + "a\r\n------WebKitX\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\nb" + TAIL,
        "one field, found more");
  }

  @Test
  void refusesTextAfterTheEnd() {
    refuses(HEAD + "a" + TAIL + "x", "the end after the file, found other text");
    refuses(HEAD + "a\r\n------WebKitXY", "the end after the file, found other text");
    refuses(HEAD + "a", "its delimiter after the file, found none");
  }

  @Test
  void refusesOtherHeaders() {
    String prefix = "------WebKitX\r\n";
    refuses(
        prefix + "Content-Disposition: form-data; name=\"lockfile\"\r\n\r\na" + TAIL,
        "the headers of one file, found 'Content-Disposition: form-data; name=\"lockfile\"'");
    refusesHeaders("Content-Disposition: attachment; name=\"a\"; filename=\"b\"");
    refusesHeaders("Content-Disposition: form-data; name=\"../a\"; filename=\"b\"");
    refusesHeaders(
        "Content-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n"
            + "Content-Transfer-Encoding: base64");
    refusesHeaders(
        "Content-Disposition: form-data; name=\"a\"; filename=\"b\"\r\nContent-Type: a/b\r\n"
            + "Content-Type: a/b");
  }

  @Test
  void refusesLongHeaders() {
    String name = "n".repeat(1_100);
    refuses(
        "------WebKitX\r\nContent-Disposition: form-data; name=\"a\"; filename=\""
            + name
            + "\"\r\n\r\na"
            + TAIL,
        "headers of at most 1024 bytes, found no end of them");
  }

  @Test
  void refusesBytesThatAreNotText() {
    byte[] file = (HEAD + "\u00e4" + TAIL).getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> MultipartReader.read(TYPE, Bytes.of(file)))
        .isInstanceOf(MalformedException.class)
        .hasMessage("cannot read the form: expected a file in UTF-8, found other bytes");
  }

  @Test
  void refusesALargeFile() {
    String file = "a".repeat(MultipartReader.MAX_FILE + 1);

    refuses(HEAD + file + TAIL, "a file of at most 8384512 bytes, found 8384513");
  }

  private static void refusesHeaders(String headers) {
    assertThatThrownBy(() -> read("------WebKitX\r\n" + headers + "\r\n\r\na" + TAIL))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot read the form: expected the headers of one file, found '");
  }

  private static void refuses(String body, String clause) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOf(MalformedException.class)
        .hasMessage("cannot read the form: expected " + clause);
  }

  private static FormFields read(String body) {
    return MultipartReader.read(TYPE, Bytes.utf8(body));
  }
}
