package lazaret.vetting.deskapi.reading;

/// The text of one field of a form.
///
/// @param name the name of the field: `reason`
/// @param text the text
public record DraftFieldInfo(String name, String text) {}
