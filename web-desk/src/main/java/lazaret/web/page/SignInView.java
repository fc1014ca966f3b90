package lazaret.web.page;

import org.jspecify.annotations.Nullable;

/// The content of the sign-in page.
///
/// @param provider the host of the identity provider; null if none is configured
/// @param start the address at which the sign-in begins
/// @param to the path of the desk to which the person returns
/// @param say the result of the last attempt; null if there was none
public record SignInView(
    @Nullable String provider, String start, String to, @Nullable Feedback say) {}
