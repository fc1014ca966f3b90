@NullMarked
package lazaret.vetting.desk.review;

import org.jspecify.annotations.NullMarked;
