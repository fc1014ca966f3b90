package lazaret.vetting.hosting.record;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.json.JsonLimits;
import lazaret.vetting.json.RecordCodec;
import lazaret.vetting.json.TextType;
import lazaret.vetting.json.UnknownFields;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.text.Coded;
import org.jspecify.annotations.Nullable;

/// An alarm about a name that a person can acknowledge, with its stored form.
///
/// @param kind the alarm
/// @param name the name
/// @param about what distinguishes it from another alarm of this kind and name, such as the id of
///   an advisory or a version; empty if there is one alarm for a name
/// @param raised the time of the alarm; of one that is raised again and again, the first time after
///   the last acknowledgment
/// @param by the person who acknowledged it; null before that
/// @param acknowledged the time of that; null before that
public record RaisedAlarm(
    Notice.Kind kind,
    CrateName name,
    String about,
    Instant raised,
    @Nullable String by,
    @Nullable Instant acknowledged) {
  private static final int FORMAT = 1;

  private static final RecordCodec JSON =
      RecordCodec.of(
          List.of(
              TextType.of(Instant.class, "a time", Instant::parse),
              TextType.of(CrateName.class, "the name of a crate", CrateName::parse)),
          new JsonLimits(4 << 10, 4, 100),
          UnknownFields.IGNORED,
          "the stored alarm");

  /// The form of an alarm. Its kind is in the key.
  record Stored(
      int format,
      CrateName name,
      String about,
      Instant raised,
      @Nullable String by,
      @Nullable Instant acknowledged) {}

  /// Reads a row.
  ///
  /// @throws MalformedException if it is not that of an alarm
  public static RaisedAlarm decode(DeskRow row) {
    Stored stored = JSON.decode(Stored.class, row.value());
    if (stored.format() != FORMAT) {
      throw new MalformedException(
          "cannot read an alarm: expected format %d, found %d; a newer program wrote it"
              .formatted(FORMAT, stored.format()));
    }
    String code = row.key().substring(0, Math.max(0, row.key().indexOf('/')));
    return new RaisedAlarm(
        Coded.parse(Notice.Kind.class, code),
        stored.name(),
        stored.about(),
        stored.raised(),
        stored.by(),
        stored.acknowledged());
  }

  /// Returns this alarm after a person looked at it, or itself if another person did before.
  public RaisedAlarm seen(String person, Instant at) {
    return acknowledged == null ? new RaisedAlarm(kind, name, about, raised, person, at) : this;
  }

  /// Returns the key of the row, which no other alarm has.
  public String key() {
    return key(kind, name, about);
  }

  /// Returns the place in the list of all alarms: first those that are not acknowledged, each by
  /// kind and name.
  public String position() {
    return (acknowledged == null ? "open/" : "seen/") + key();
  }

  /// Returns the beginning of the keys of all alarms of a kind.
  public static String prefix(Notice.Kind kind) {
    return kind.code() + "/";
  }

  /// Returns the key of the row of an alarm.
  public static String key(Notice.Kind kind, CrateName name, String about) {
    return prefix(kind) + name.collisionKey() + (about.isEmpty() ? "" : "/" + about);
  }

  /// Returns the form of the row.
  public Bytes encode() {
    return JSON.encode(new Stored(FORMAT, name, about, raised, by, acknowledged));
  }
}
