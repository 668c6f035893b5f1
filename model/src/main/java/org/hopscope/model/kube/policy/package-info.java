/**
 * NetworkPolicies: who may connect to whom, why, and the rows that an enforcing network plugin writes for it. The judgement
 * is made from Kubernetes objects alone; it is what the rows have to come to.
 */
package org.hopscope.model.kube.policy;
