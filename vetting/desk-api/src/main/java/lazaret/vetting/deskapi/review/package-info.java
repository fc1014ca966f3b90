/// Values of the operations on the review of one version.
@NullMarked
package lazaret.vetting.deskapi.review;

import org.jspecify.annotations.NullMarked;
