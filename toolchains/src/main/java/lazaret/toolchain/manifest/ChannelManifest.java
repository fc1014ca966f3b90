package lazaret.toolchain.manifest;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;

/// The content of a channel at a date, as rustup reads it.
///
/// Source: rustup 1.29, `src/dist/manifest.rs`: manifests of version 2.
///
/// @param date the date of the content
/// @param version the version of the whole toolchain: `1.95.0`, `1.96.0-beta.2`; empty if none
/// @param packages for each package its targets
/// @param renames the present name of each package by its earlier name
/// @param profiles the packages of each profile
public record ChannelManifest(
    LocalDate date,
    String version,
    Map<String, Map<String, ToolchainTarget>> packages,
    Map<String, String> renames,
    Map<String, List<String>> profiles) {
  /// The package that is a whole toolchain.
  static final String WHOLE = "rust";

  /// Copies the maps.
  public ChannelManifest {
    packages = Map.copyOf(packages);
    renames = Map.copyOf(renames);
    profiles = Map.copyOf(profiles);
  }

  /// Checks that this is the content of the channel of a selection. A signature does not say to
  /// which channel a manifest belongs, so an old or unstable one could be sent in its place.
  ///
  /// @throws MalformedException if it is that of another channel, version or date
  public void requireChannel(ChannelSelection selection) {
    LocalDate day = selection.date();
    if (!selection.fits(version) || (day != null && !day.equals(date))) {
      throw new MalformedException(
          "cannot use the manifest of %s: expected the channel %s, found the version '%s'"
              .formatted(date, selection.channel(), Excerpt.of(version)));
    }
  }

  /// Returns the files of a selection, by path.
  ///
  /// @throws MalformedException if the manifest lacks a part of the selection
  public SortedMap<String, ComponentFile> files(ChannelSelection selection) {
    SortedMap<String, ComponentFile> files = new TreeMap<>();
    for (ToolchainComponent component : components(selection)) {
      for (ComponentFile file : target(component).files()) {
        ComponentFile before = files.put(file.path(), file);
        if (before != null && !before.equals(file)) {
          throw lacks("one SHA-256 of " + file.path());
        }
      }
    }
    return files;
  }

  private Set<ToolchainComponent> components(ChannelSelection selection) {
    List<String> profile = profiles.get(selection.profile());
    if (profile == null) {
      throw lacks("the profile " + selection.profile());
    }
    Set<String> wanted = new HashSet<>(profile);
    Set<ToolchainComponent> found = new LinkedHashSet<>();
    for (String host : selection.targets()) {
      ToolchainTarget whole = target(new ToolchainComponent(WHOLE, host));
      whole.components().stream().filter(each -> wanted.contains(each.name())).forEach(found::add);
      for (String extra : selection.components()) {
        found.add(extra(extra, host, whole));
      }
    }
    return found;
  }

  /// Finds a component that a person named, with or without a target.
  private ToolchainComponent extra(String text, String host, ToolchainTarget whole) {
    int colon = text.indexOf(':');
    String asked = colon < 0 ? text : text.substring(0, colon);
    String name = renames.getOrDefault(asked, asked);
    Collection<String> targets =
        colon < 0 ? List.of(host, ToolchainComponent.ANY) : List.of(text.substring(colon + 1));
    List<ToolchainComponent> known = new ArrayList<>(whole.components());
    known.addAll(whole.extensions());
    return known.stream()
        .filter(each -> each.name().equals(name) && targets.contains(each.target()))
        .findFirst()
        .orElseThrow(() -> lacks("the component %s of %s".formatted(text, host)));
  }

  private ToolchainTarget target(ToolchainComponent component) {
    Map<String, ToolchainTarget> targets = packages.getOrDefault(component.name(), Map.of());
    ToolchainTarget target = targets.get(component.target());
    if (target == null) {
      target = targets.get(ToolchainComponent.ANY);
    }
    if (target == null || target.files().isEmpty()) {
      throw lacks(component.toString());
    }
    return target;
  }

  private MalformedException lacks(String what) {
    return new MalformedException(
        "cannot use the manifest of %s: expected %s, found none".formatted(date, what));
  }
}
