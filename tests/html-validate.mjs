// The rules for every page of the site: https://html-validate.org/rules/
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // HTML does not care; this is how we write it.
    "doctype-style": ["error", { style: "lowercase" }],
    // An editor decides how long a title is.
    "long-title": "off",
    // HTML allows a digit in front. Ids come from headings, and links to them are to last.
    "valid-id": ["error", { relaxed: true }],
  },
};
