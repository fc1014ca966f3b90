package lazaret.vetting.hosting.owners;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.access.Person;
import lazaret.vetting.access.SessionService;
import lazaret.vetting.desk.access.TokenService;

/// The persons and groups that this gate knows. A person signed in at least once, or holds a token.
/// A group is one of a person's, or of a role mapping. Thread-safe; blocks.
public final class OwnerLookup {
  private final SessionService sessions;
  private final TokenService tokens;
  private final Set<String> mapped;

  /// Creates the lookup.
  ///
  /// @param mapped the groups that role mappings name
  public OwnerLookup(SessionService sessions, TokenService tokens, Collection<String> mapped) {
    this.sessions = sessions;
    this.tokens = tokens;
    this.mapped = Set.copyOf(mapped);
  }

  /// Returns the owner in its own spelling; empty if the name is unknown.
  public Optional<CrateOwner> known(CrateOwner asked) {
    return switch (asked.kind()) {
      case PERSON ->
          sessions
              .person(asked.name())
              .map(person -> CrateOwner.person(person.name()))
              .or(() -> isHolder(asked.name()) ? Optional.of(asked) : Optional.empty());
      case GROUP -> isGroup(asked.name()) ? Optional.of(asked) : Optional.empty();
    };
  }

  private boolean isHolder(String name) {
    return tokens.list().stream()
        .anyMatch(
            token ->
                token.owner().equals(name)
                    && !TokenService.isOfServer(token.name(), token.owner())
                    && !token.owner().startsWith(OwnerRights.JOB));
  }

  private boolean isGroup(String name) {
    return mapped.contains(name)
        || sessions.people().stream().anyMatch(person -> person.groups().contains(name));
  }

  /// Returns the groups of a person at the last sign-in; empty before the first sign-in.
  List<String> groupsOf(String person) {
    return sessions.person(person).map(Person::groups).orElse(List.of());
  }

  /// Returns the name of an owner for people.
  public String displayName(CrateOwner owner) {
    return switch (owner.kind()) {
      case PERSON -> sessions.person(owner.name()).map(Person::displayName).orElse(owner.name());
      case GROUP -> "the members of " + owner.name();
    };
  }
}
