package lazaret.vetting.hosting.owners;

import java.nio.ByteBuffer;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.text.Coded;

/// An owner of private crates: a person, or the members of a group.
///
/// @param kind the kind
/// @param name the name of the person in the ledger, or of the group as the identity provider sends
///   it; case matters
public record CrateOwner(Kind kind, String name) {
  /// The maximum length of a name, in characters.
  public static final int MAX_NAME = 256;

  /// The kinds of owners. The codes are stored.
  public enum Kind implements Coded {
    /// One person.
    PERSON("person"),
    /// The members of a group.
    GROUP("group");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    @Override
    public String code() {
      return code;
    }
  }

  /// Checks the name.
  ///
  /// @throws MalformedException if it is empty, too long, or has a control character
  public CrateOwner {
    if (name.isBlank()
        || name.length() > MAX_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new MalformedException(
          "cannot read an owner: expected a name of 1 to %d characters, found '%s'"
              .formatted(MAX_NAME, Excerpt.of(name)));
    }
  }

  /// Returns a person as an owner.
  public static CrateOwner person(String name) {
    return new CrateOwner(Kind.PERSON, name);
  }

  /// Reads the form of [#text], or the name of a person alone, as `cargo owner` sends it.
  ///
  /// @throws MalformedException if the name is not one
  public static CrateOwner parse(String text) {
    for (Kind kind : Kind.values()) {
      String prefix = kind.code() + ':';
      if (text.startsWith(prefix)) {
        return new CrateOwner(kind, text.substring(prefix.length()));
      }
    }
    return person(text);
  }

  /// Returns the stored form: `person:ada`, `group:platform`.
  public String text() {
    return kind.code() + ':' + name;
  }

  /// Returns the form that people type and cargo prints: `ada`, `group:platform`.
  public String login() {
    return kind == Kind.PERSON ? name : text();
  }

  /// Returns the number that cargo expects, which is positive and always the same.
  public int id() {
    return ByteBuffer.wrap(Sha256.of(Bytes.utf8(text())).bytes()).getInt() & Integer.MAX_VALUE;
  }
}
