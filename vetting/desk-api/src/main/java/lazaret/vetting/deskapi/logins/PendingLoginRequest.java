package lazaret.vetting.deskapi.logins;

import lazaret.vetting.deskapi.binding.InPath;

/// A request for a login that waits for a person.
///
/// @param code the code that the command printed; case and dashes have no effect
public record PendingLoginRequest(@InPath String code) {}
