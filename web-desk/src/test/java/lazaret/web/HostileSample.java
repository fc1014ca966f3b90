package lazaret.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.Operation;

/// Replies of operations with a hostile text in each component that is a text.
public final class HostileSample {
  /// A text that leaves elements and attributes and turns the direction of writing.
  public static final String TEXT =
      "\"'><script>alert(1)</script><b onclick='x'>javascript:alert(2)\u202e";

  private static final Map<Class<?>, Object> VALUES =
      Map.ofEntries(
          Map.entry(String.class, TEXT),
          Map.entry(boolean.class, true),
          Map.entry(Boolean.class, true),
          Map.entry(int.class, 5),
          Map.entry(long.class, 7L),
          Map.entry(Long.class, 7L),
          Map.entry(Integer.class, 8),
          Map.entry(CrateName.class, CrateName.parse("serde_json")),
          Map.entry(CrateVersion.class, CrateVersion.parse("1.0.9+build.5")),
          Map.entry(Sha256.class, Sha256.parse("0f".repeat(32))),
          Map.entry(Instant.class, Instant.parse("2026-11-28T10:00:00.123Z")),
          Map.entry(LocalDate.class, LocalDate.parse("2026-11-28")),
          Map.entry(URI.class, URI.create("https://example.org/a?b=c")),
          Map.entry(ErrorCode.class, ErrorCode.BYTES_MISSING),
          Map.entry(Bytes.class, Bytes.utf8(TEXT)));

  private HostileSample() {}

  /// Returns the reply of an operation, all of whose components are present.
  public static <R extends Record> R of(Operation<?, R> operation) {
    return operation.reply().cast(sample(operation.reply(), 0));
  }

  /// Returns a record, all of whose components are present.
  public static <R extends Record> R of(Class<R> type) {
    return type.cast(sample(type, 0));
  }

  /// Checks that a page shows hostile texts, and that it shows them as text alone.
  public static void assertEscaped(String html) {
    assertThat(html).contains("&lt;script");
    assertText(html);
  }

  /// Checks that a page contains no hostile text in another form than as text.
  public static void assertText(String html) {
    assertThat(html)
        .doesNotContain("<script>", "<b onclick", "href=\"javascript:", "action=\"javascript:");
    String unmarked =
        html.replaceAll("(?s)<(bdi|code|pre|option|textarea|title)\\b[^>]*>.*?</\\1>", "")
            .replaceAll("=\"[^\"]*\"", "");
    assertThat(unmarked).as("texts of others are in bdi or code").doesNotContain("\u202e");
  }

  private static Object sample(Class<?> type, int depth) {
    Object value = VALUES.get(type);
    if (value != null) {
      return value;
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    if (type.isSealed()) {
      return sample(type.getPermittedSubclasses()[0], depth);
    }
    RecordComponent[] components = type.getRecordComponents();
    Object[] arguments = Arrays.stream(components).map(each -> component(each, depth)).toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot create " + type, e);
    }
  }

  private static Object component(RecordComponent component, int depth) {
    if (component.getType() != List.class) {
      return sample(component.getType(), depth + 1);
    }
    Class<?> element =
        (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
    return depth > 5 ? List.of() : List.of(sample(element, depth + 1));
  }
}
