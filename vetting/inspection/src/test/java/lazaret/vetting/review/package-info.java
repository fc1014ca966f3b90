@NullMarked
package lazaret.vetting.review;

import org.jspecify.annotations.NullMarked;
