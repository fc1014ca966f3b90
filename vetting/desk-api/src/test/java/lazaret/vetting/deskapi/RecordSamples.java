package lazaret.vetting.deskapi;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Secret;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.bundles.ServerPath;
import org.jspecify.annotations.Nullable;

/// Samples of records: one with all components, one with the required components alone.
final class RecordSamples {
  private static final int MAX_DEPTH = 9;

  private static final Map<Class<?>, Object> VALUES =
      Map.ofEntries(
          Map.entry(String.class, "a text: \u00e4 \"q\" + & = %"),
          Map.entry(boolean.class, true),
          Map.entry(int.class, 5),
          Map.entry(long.class, 1_234_567_890_123L),
          Map.entry(Long.class, 7L),
          Map.entry(Integer.class, 8),
          Map.entry(CrateName.class, CrateName.parse("serde_json")),
          Map.entry(CrateVersion.class, CrateVersion.parse("1.0.9-rc.1+build.5")),
          Map.entry(CrateSpec.class, CrateSpec.parse("serde@1.0.9")),
          Map.entry(Sha256.class, Sha256.parse("0f".repeat(32))),
          Map.entry(Instant.class, Instant.parse("2026-11-28T10:00:00.123Z")),
          Map.entry(LocalDate.class, LocalDate.parse("2026-11-28")),
          Map.entry(URI.class, URI.create("https://example.org/a?b=c")),
          Map.entry(Secret.class, new Secret("lzr_secret")),
          Map.entry(ErrorCode.class, ErrorCode.BYTES_MISSING),
          Map.entry(ServerPath.class, new ServerPath("/srv/a b")),
          Map.entry(Bytes.class, Bytes.utf8("bytes \u00e4")));

  private RecordSamples() {}

  /// Returns a sample with all components.
  static <T extends Record> T full(Class<T> type) {
    return type.cast(sample(type, true, 0));
  }

  /// Returns a sample whose optional components are null, empty or false.
  static <T extends Record> T minimal(Class<T> type) {
    return type.cast(sample(type, false, 0));
  }

  private static Object sample(Class<?> type, boolean full, int depth) {
    Object value = VALUES.get(type);
    if (value != null) {
      return value;
    }
    if (type.isEnum()) {
      Object[] constants = type.getEnumConstants();
      return constants[constants.length - 1];
    }
    if (type.isSealed()) {
      return sample(type.getPermittedSubclasses()[full ? 0 : 1], full, depth);
    }
    if (!type.isRecord()) {
      throw new AssertionError("a component has the type " + type);
    }
    RecordComponent[] components = type.getRecordComponents();
    Object[] arguments =
        Arrays.stream(components).map(each -> component(each, full, depth + 1)).toArray();
    try {
      return type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
          .newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot create " + type, e);
    }
  }

  private static @Nullable Object component(RecordComponent component, boolean full, int depth) {
    boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    if (nullable && (!full || depth > MAX_DEPTH)) {
      return null;
    }
    if (component.getType() == boolean.class) {
      return full;
    }
    if (component.getType() == List.class) {
      return full && depth <= MAX_DEPTH ? list(component.getGenericType(), depth) : List.of();
    }
    return sample(component.getType(), full, depth);
  }

  private static List<?> list(Type type, int depth) {
    Class<?> element = (Class<?>) ((ParameterizedType) type).getActualTypeArguments()[0];
    if (element.isSealed()) {
      return Arrays.stream(element.getPermittedSubclasses())
          .map(each -> sample(each, true, depth))
          .toList();
    }
    return List.of(sample(element, true, depth), sample(element, element == String.class, depth));
  }
}
