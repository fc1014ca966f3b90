/// Requests and replies about the review of one version.
@NullMarked
package lazaret.vetting.deskapi.review;

import org.jspecify.annotations.NullMarked;
