package lazaret.vetting.deskapi.retention;

/// The removals of one rule.
///
/// @param rule the name of the rule
/// @param artifacts the number of artifacts
/// @param bytes their length together
public record RetentionRuleInfo(String rule, long artifacts, long bytes) {}
