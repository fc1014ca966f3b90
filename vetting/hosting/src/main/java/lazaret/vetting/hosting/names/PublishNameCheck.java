package lazaret.vetting.hosting.names;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.upstream.CanaryCrate;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.origin.NameOrigins;
import lazaret.vetting.origin.PatternOrigins;
import lazaret.vetting.takeover.EstablishedNames;
import lazaret.vetting.takeover.Lookalike;
import lazaret.vetting.takeover.NameVariants;

/// The check of the name of a new private crate. Nothing is requested from another machine.
///
/// @param patterns the patterns of the operator
/// @param otherNames whether a name that no pattern matches can become private
/// @param publicNames the list of all public names, for such names
public record PublishNameCheck(
    PatternOrigins patterns, boolean otherNames, PublicNameList publicNames) {
  /// Returns why a name cannot become private, or empty if it can.
  ///
  /// @param isStored whether a public crate of this name is stored
  public Optional<NameRefusal> refusal(CrateName name, boolean isStored) {
    String text = name.published();
    if (ReservedNames.contain(name)) {
      return refused(NameRefusal.Kind.INVALID, "no crate can have the name '%s'", text);
    }
    if (name.collisionKey().equals(CanaryCrate.NAME.collisionKey())) {
      return refused(
          NameRefusal.Kind.INVALID,
          "the name '%s' belongs to the crate that every gate must refuse (selftest)",
          text);
    }
    if (patterns.isReserved(name)) {
      return refused(
          NameRefusal.Kind.FORBIDDEN, "the name '%s' is reserved (private.reserved)", text);
    }
    if (isStored || patterns.isException(name)) {
      return refused(
          NameRefusal.Kind.FORBIDDEN, "the name '%s' belongs to the public registry", text);
    }
    if (patterns.mayBePrivate(name)) {
      return Optional.empty();
    }
    return otherNames
        ? other(name)
        : refused(
            NameRefusal.Kind.FORBIDDEN,
            "the name '%s' is not one of those for private crates (private.names)",
            text);
  }

  private Optional<NameRefusal> other(CrateName name) {
    return switch (publicNames.find(name)) {
      case ABSENT -> Optional.empty();
      case PRESENT ->
          refused(
              NameRefusal.Kind.FORBIDDEN,
              "the public registry has a crate named '%s'",
              name.published());
      case UNKNOWN ->
          refused(
              NameRefusal.Kind.UNKNOWN,
              "the list of public names is missing or too old, so that '%s' may be one; try again"
                  + " later",
              name.published());
    };
  }

  private static Optional<NameRefusal> refused(NameRefusal.Kind kind, String detail, String name) {
    return Optional.of(new NameRefusal(kind, detail.formatted(name)));
  }

  /// Returns the established or private crate that a name resembles, with the difference, or empty
  /// if there is none.
  ///
  /// @param origins knows the private crates
  /// @param isOwn whether the person who publishes owns a private crate
  public static Optional<Lookalike> similar(
      CrateName name, NameOrigins origins, Predicate<CrateName> isOwn) {
    for (Map.Entry<String, Lookalike.Rule> variant : NameVariants.of(name).entrySet()) {
      CrateName target = CrateName.parse(variant.getKey());
      boolean isPrivate = origins.of(target) == NameOrigin.PRIVATE;
      if (isPrivate ? !isOwn.test(target) : EstablishedNames.contain(variant.getKey())) {
        return Optional.of(new Lookalike(target, variant.getValue()));
      }
    }
    return Optional.empty();
  }
}
