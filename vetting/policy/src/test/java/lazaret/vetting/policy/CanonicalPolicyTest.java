package lazaret.vetting.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import lazaret.vetting.advisory.FeedAgeLimits;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.policy.EvidencePolicy.Risk;
import lazaret.vetting.policy.ManifestPolicy.AllowList;
import lazaret.vetting.review.ContentRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Checks that every component of a policy is part of its generation, since views are rebuilt when
/// it changes.
class CanonicalPolicyTest {
  /// The parts that are written component by component; other types contribute their own text.
  private static final List<Class<?>> PARTS =
      List.of(
          Policy.class,
          Policy.Cooldowns.class,
          AdvisoryPolicy.class,
          AdvisoryPolicy.Severities.class,
          AdvisoryPolicy.FeedAges.class,
          FeedAgeLimits.class,
          SignalPolicy.class,
          TakeoverPolicy.class,
          ManifestPolicy.class,
          EvidencePolicy.class,
          ApproverPolicy.class,
          SourcePolicy.class,
          PrivatePolicy.class);

  private static final CrateName CRATE = CrateName.parse("alpha");

  @Test
  void everyComponentOfEveryPartChangesIt() {
    List<Object> others = others(Policy.DEFAULT);

    assertThat(others).hasSizeGreaterThan(40);
    assertThat(others)
        .extracting(other -> ((Policy) other).generation())
        .doesNotHaveDuplicates()
        .doesNotContain(Policy.DEFAULT.generation());
  }

  @Test
  void twoTextsAreNotOne() {
    Policy one = Policy.DEFAULT.withSources(registries("https://a.example, https://b.example"));
    Policy two = Policy.DEFAULT.withSources(registries("https://a.example", "https://b.example"));

    assertThat(one.generation()).isNotEqualTo(two.generation());
  }

  private static SourcePolicy registries(String... registries) {
    return new SourcePolicy(
        List.of(registries), List.of(), List.of(), List.of(), false, false, SourcePolicy.Pin.ANY);
  }

  /// Returns the record once for each of its components, and of theirs, with that one changed.
  private static List<Object> others(Object record) {
    List<Object> others = new ArrayList<>();
    RecordComponent[] components = record.getClass().getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      Object value = value(components[i], record);
      List<Object> changed =
          value != null && PARTS.contains(value.getClass())
              ? others(value)
              : List.of(other(components[i], value));
      for (Object one : changed) {
        others.add(with(record, components, i, one));
      }
    }
    return others;
  }

  private static @Nullable Object value(RecordComponent component, Object record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new LinkageError("cannot read " + component, e);
    }
  }

  private static Object with(Object record, RecordComponent[] components, int at, Object other) {
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = i == at ? other : value(components[i], record);
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return record.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot make another " + record, e);
    }
  }

  private static Object other(RecordComponent component, @Nullable Object value) {
    return switch (value) {
      case Boolean is -> !is;
      case Duration lasts -> lasts.plusSeconds(1);
      case Enum<?> word -> {
        List<?> words = List.of(word.getDeclaringClass().getEnumConstants());
        yield words.get((words.indexOf(word) + 1) % words.size());
      }
      case SortedMap<?, ?> _ when component.getName().equals("minRead") ->
          new TreeMap<>(Map.of(ContentRole.BUILD_SCRIPT, 100));
      case SortedMap<?, ?> _ -> new TreeMap<>(Map.of("x", PolicyLevel.DENY));
      case SortedSet<?> _ -> new TreeSet<>(List.of(Risk.VULNERABILITY));
      case List<?> _ when component.getName().equals("bans") ->
          List.of(new ManifestPolicy.Ban(CRATE, null, "no", null, List.of(), PolicyLevel.DENY));
      case List<?> _ when component.getName().equals("overrides") ->
          List.of(new PolicyOverride(CRATE, null, "cooldown", "asked for", Instant.EPOCH));
      case List<?> _ -> List.of("https://other.example/x");
      case null, default -> missing(component);
    };
  }

  /// Returns a value for a component that is null by default.
  private static Object missing(RecordComponent component) {
    Class<?> type = component.getType();
    if (type.equals(AdvisoryPolicy.Scores.class)) {
      return new AdvisoryPolicy.Scores(4.0, null, null);
    }
    return type.equals(AllowList.class)
        ? new AllowList(List.of(), PolicyLevel.DENY)
        : new ManifestPolicy.Licenses(
            List.of(), List.of(), List.of(), PolicyLevel.DENY, PolicyLevel.DENY);
  }
}
