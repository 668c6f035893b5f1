/**
 * kube-proxy: from Services and EndpointSlices to rules. Pure: what comes in is a small value, what comes out are the words of
 * rules; how they get onto a node is the business of {@code kube.linux}.
 */
package org.hopscope.model.kube.proxy;
