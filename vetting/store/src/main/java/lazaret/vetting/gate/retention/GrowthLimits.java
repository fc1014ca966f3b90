package lazaret.vetting.gate.retention;

/// The limits of one server, and the counts of what they left out.
///
/// @param options the limits that an operator sets
/// @param dropped the counts
/// @param notices the limit of notices
/// @param inspections the limit of inspections of refused versions
/// @param addresses the limit of addresses of downloads
public record GrowthLimits(
    RetentionOptions options,
    DropCounts dropped,
    NoticeLimit notices,
    InspectionLimit inspections,
    ListedAddresses addresses) {

  /// Creates limits with all counts at zero.
  public static GrowthLimits of(RetentionOptions options) {
    DropCounts dropped = new DropCounts();
    return new GrowthLimits(
        options,
        dropped,
        new NoticeLimit(dropped),
        new InspectionLimit(dropped),
        new ListedAddresses(options.addresses(), dropped));
  }
}
