/** Objects as {@code kubectl} shows them: lines of text. */
package org.hopscope.model.kube.view;
