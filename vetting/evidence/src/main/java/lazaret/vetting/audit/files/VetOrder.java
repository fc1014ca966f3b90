package lazaret.vetting.audit.files;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/// The sort orders in which cargo-vet writes.
final class VetOrder {
  /// Texts by their UTF-8 bytes, which is the order of code points. Java's own order puts
  /// surrogates before the end of the basic plane.
  static final Comparator<String> BYTES = VetOrder::byCodePoints;

  /// Lists by their first difference; a list precedes its continuations.
  static final Comparator<List<String>> LISTS = VetOrder::byElements;

  /// Absent values first.
  static final Comparator<String> OPTIONAL = Comparator.nullsFirst(BYTES);

  private static final Comparator<PublishWindow> WINDOWS =
      Comparator.comparing(PublishWindow::publisher, VetOrder::byPublisher)
          .thenComparing(PublishWindow::start)
          .thenComparing(PublishWindow::end);

  /// `[[audits.CRATE]]`: full, delta, violation; by version; then by the other fields.
  static final Comparator<AuditEntry> AUDITS =
      Comparator.comparing(AuditEntry::kind, VetOrder::byKind)
          .thenComparing(AuditEntry::criteria, LISTS)
          .thenComparing(AuditEntry::who, LISTS)
          .thenComparing(AuditEntry::notes, OPTIONAL);

  /// `[[wildcard-audits.CRATE]]`.
  static final Comparator<WildcardEntry> WILDCARDS =
      Comparator.comparing(WildcardEntry::who, LISTS)
          .thenComparing(WildcardEntry::criteria, LISTS)
          .thenComparing(WildcardEntry::window, WINDOWS)
          .thenComparing(
              WildcardEntry::renew, Comparator.nullsFirst(Comparator.<Boolean>naturalOrder()))
          .thenComparing(WildcardEntry::notes, OPTIONAL)
          .thenComparing(WildcardEntry::aggregatedFrom, LISTS);

  /// `[[trusted.CRATE]]`.
  static final Comparator<TrustEntry> TRUST =
      Comparator.comparing(TrustEntry::criteria, LISTS)
          .thenComparing(TrustEntry::window, WINDOWS)
          .thenComparing(TrustEntry::notes, OPTIONAL)
          .thenComparing(TrustEntry::aggregatedFrom, LISTS);

  /// `[[exemptions.CRATE]]`.
  static final Comparator<Exemption> EXEMPTIONS =
      Comparator.comparing(Exemption::version)
          .thenComparing(Exemption::criteria, LISTS)
          .thenComparing(Exemption::suggest)
          .thenComparing(Exemption::notes, OPTIONAL);

  /// `[[publisher.CRATE]]`.
  static final Comparator<VetPublication> PUBLICATIONS =
      Comparator.comparing(VetPublication::version)
          .thenComparing(VetPublication::when)
          .thenComparing(VetPublication::publisher, VetOrder::byPublisher)
          .thenComparing(VetPublication::login, OPTIONAL)
          .thenComparing(VetPublication::name, OPTIONAL);

  /// `[[unpublished.CRATE]]`.
  static final Comparator<Unpublished> UNPUBLISHED =
      Comparator.comparing(Unpublished::version).thenComparing(Unpublished::auditedAs);

  private VetOrder() {}

  private static int byCodePoints(String one, String other) {
    int shared = Math.min(one.length(), other.length());
    for (int i = 0; i < shared; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        boolean bothPlanes = Character.isSurrogate(a) != Character.isSurrogate(b);
        return bothPlanes ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
      }
    }
    return Integer.compare(one.length(), other.length());
  }

  private static int byElements(List<String> one, List<String> other) {
    Iterator<String> others = other.iterator();
    for (String element : one) {
      if (!others.hasNext()) {
        return 1;
      }
      int order = BYTES.compare(element, others.next());
      if (order != 0) {
        return order;
      }
    }
    return others.hasNext() ? -1 : 0;
  }

  private static int byKind(AuditKind one, AuditKind other) {
    return switch (one) {
      case AuditKind.Full(VetVersion version) ->
          other instanceof AuditKind.Full(VetVersion that) ? version.compareTo(that) : -1;
      case AuditKind.Delta(VetVersion from, VetVersion to) ->
          switch (other) {
            case AuditKind.Full _ -> 1;
            case AuditKind.Delta(VetVersion thatFrom, VetVersion thatTo) -> {
              int order = from.compareTo(thatFrom);
              yield order != 0 ? order : to.compareTo(thatTo);
            }
            case AuditKind.Violation _ -> -1;
          };
      case AuditKind.Violation violation ->
          other instanceof AuditKind.Violation that
              ? BYTES.compare(violation.versions().canonical(), that.versions().canonical())
              : 1;
    };
  }

  private static int byPublisher(PublisherId one, PublisherId other) {
    return switch (one) {
      case PublisherId.User(long id) ->
          other instanceof PublisherId.User(long that) ? Long.compareUnsigned(id, that) : -1;
      case PublisherId.TrustedPublisher(String signature) ->
          other instanceof PublisherId.TrustedPublisher(String that)
              ? BYTES.compare(signature, that)
              : 1;
    };
  }
}
