import { THEME_COOKIE } from './rules.ts'

/** Puts the reader's choice on a page before it is painted: a page that is kept for everyone cannot know the choice. */
const THEME = `{const t=/(?:^|; )${THEME_COOKIE}=(light|dark)(?:;|$)/.exec(document.cookie)?.[1];if(t)document.documentElement.dataset.theme=t}`

/**
 * What is done on a page before its code is there waits for the code: on a slow phone a page can be used seconds before it
 * answers, and the browser alone would drop a click, forget a choice, and send a password in the address.
 * Buttons are pressed and forms sent when `soukReady` is called; what was typed, ticked or chosen is told once more. A form
 * with an address of its own is the browser's to send, and so are links. One thing at a time, since what a handler sees is
 * what was drawn after the one before.
 */
const EARLY = `{
const acts=[],fields=new Map,heard=new AbortController,on=(type,act)=>addEventListener(type,act,{capture:true,signal:heard.signal})
const hold=(event,act)=>{event.preventDefault();event.stopImmediatePropagation();acts.push(act)}
const isOurs=form=>!form.hasAttribute('action')
on('click',event=>{const at=event.target.closest('button');if(at&&(!at.form||at.type=='button'||isOurs(at.form)))hold(event,()=>at.click())})
on('submit',event=>{if(isOurs(event.target))hold(event,()=>event.target.requestSubmit(event.submitter))})
for(const type of ['input','change'])on(type,({target:{value,checked},target})=>fields.set(target,{value,checked}))
const tell=(field,{value,checked})=>{
if(field.type=='checkbox'||field.type=='radio'){field.checked=!checked;field.click();return}
if(field.type!='file'){field.value='';Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field),'value').set.call(field,value)}
for(const type of ['input','change'])field.dispatchEvent(new Event(type,{bubbles:true}))}
window.soukReady=async()=>{
delete window.soukReady;heard.abort()
for(const act of [...[...fields].map(([field,value])=>()=>tell(field,value)),...acts])act(),await new Promise(next=>setTimeout(next))}
}`

/** The one inline script of ours, the same on every page, so that one hash in every policy allows it. */
export const HEAD_SCRIPT = THEME + EARLY
