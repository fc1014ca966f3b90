package lazaret.vetting.deskapi.site;

/// A feed of another gate.
///
/// @param name the name in the configuration
/// @param address the address
/// @param lines the number of lines that were received
public record ResultSourceInfo(String name, String address, long lines) {}
