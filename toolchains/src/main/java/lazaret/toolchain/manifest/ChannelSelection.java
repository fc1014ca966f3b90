package lazaret.toolchain.manifest;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import org.jspecify.annotations.Nullable;

/// The part of a channel that a site has.
///
/// @param channel `stable`, `beta`, `nightly` or a version, with a date after it if one is wanted:
///   `nightly-2026-01-22`
/// @param targets the triples of the machines on which the toolchain runs, at least one
/// @param profile `minimal`, `default` or `complete`
/// @param components further components, each as `NAME` or `NAME:TARGET`
public record ChannelSelection(
    String channel, List<String> targets, String profile, List<String> components) {
  /// The profile without documentation and tools.
  public static final String MINIMAL = "minimal";

  private static final int MAX_LIST = 50;
  private static final Pattern CHANNEL =
      Pattern.compile(
          "(?<name>stable|beta|nightly|[0-9]{1,3}\\.[0-9]{1,5}(?:\\.[0-9]{1,5})?)"
              + "(?:-(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2}))?");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
  private static final Pattern TARGET = Pattern.compile("[a-z0-9_][a-z0-9_.-]{0,63}");
  private static final Pattern COMPONENT =
      Pattern.compile(NAME.pattern() + "(?::" + TARGET.pattern() + ")?");

  /// Checks the words.
  ///
  /// @throws MalformedException if one has another form
  public ChannelSelection {
    targets = List.copyOf(targets);
    components = List.copyOf(components);
    require(CHANNEL, "a channel like stable, 1.95.0 or nightly-2026-01-22", List.of(channel));
    require(TARGET, "a target like x86_64-unknown-linux-gnu", targets);
    require(NAME, "a profile like minimal", List.of(profile));
    require(COMPONENT, "a component like rust-src or rust-std:TARGET", components);
    if (targets.isEmpty() || targets.size() > MAX_LIST || components.size() > MAX_LIST) {
      throw malformed("1 to %d targets and as many components".formatted(MAX_LIST), channel);
    }
  }

  private static void require(Pattern form, String expected, List<String> words) {
    for (String word : words) {
      if (!form.matcher(word).matches()) {
        throw malformed(expected, word);
      }
    }
  }

  /// Parses the form of [#text].
  ///
  /// @throws MalformedException if the text has another form
  public static ChannelSelection parse(String text) {
    String[] words = text.strip().split(" +", -1);
    List<String> targets = List.of();
    List<String> components = List.of();
    String profile = MINIMAL;
    for (String word : Arrays.asList(words).subList(1, words.length)) {
      int equals = word.indexOf('=');
      String value = word.substring(equals + 1);
      switch (equals < 0 ? "" : word.substring(0, equals)) {
        case "targets" -> targets = list(value);
        case "profile" -> profile = value;
        case "components" -> components = list(value);
        default -> throw malformed("targets=, profile= or components=", word);
      }
    }
    return new ChannelSelection(words[0], targets, profile, components);
  }

  private static List<String> list(String value) {
    return value.isEmpty() ? List.of() : List.of(value.split("\\+", -1));
  }

  /// Returns whether another selection has the same content. The order of its lists does not count.
  public boolean selectsSame(ChannelSelection other) {
    return channel.equals(other.channel)
        && profile.equals(other.profile)
        && Set.copyOf(targets).equals(Set.copyOf(other.targets))
        && Set.copyOf(components).equals(Set.copyOf(other.components));
  }

  /// Returns the form that is stored and written in configurations: `stable targets=A+B
  /// profile=minimal components=rust-src`.
  public String text() {
    List<String> words = new ArrayList<>(List.of(channel, "targets=" + String.join("+", targets)));
    words.add("profile=" + profile);
    if (!components.isEmpty()) {
      words.add("components=" + String.join("+", components));
    }
    return String.join(" ", words);
  }

  /// Returns the path of the manifest, as rustup requests it: `dist/channel-rust-stable.toml`.
  public String manifestPath() {
    Matcher form = form();
    String date = form.group("date");
    return "dist/%schannel-rust-%s.toml"
        .formatted(date == null ? "" : date + "/", form.group("name"));
  }

  private Matcher form() {
    Matcher form = CHANNEL.matcher(channel);
    if (!form.matches()) {
      throw new IllegalStateException("a channel that was checked: " + channel);
    }
    return form;
  }

  /// Returns the date of the channel; null if it names none.
  @Nullable LocalDate date() {
    String date = form().group("date");
    try {
      return date == null ? null : LocalDate.parse(date);
    } catch (DateTimeParseException e) {
      throw new MalformedException(
          "cannot select a channel: expected a date like 2026-01-22, found '%s'".formatted(date),
          e);
    }
  }

  /// Returns whether a version of Rust can be the content of the channel.
  boolean fits(String version) {
    String name = form().group("name");
    return switch (name) {
      case "stable" -> !version.isEmpty() && version.indexOf('-') < 0;
      case "beta", "nightly" -> version.contains("-" + name);
      default ->
          version.equals(name) || (version.startsWith(name + ".") && version.indexOf('-') < 0);
    };
  }

  private static MalformedException malformed(String expected, String found) {
    return new MalformedException(
        "cannot select a channel: expected %s, found '%s'".formatted(expected, Excerpt.of(found)));
  }
}
