try{let s=localStorage.getItem("scheme");if(s)document.documentElement.dataset.scheme=s}catch{}
addEventListener("load",()=>new PerformanceObserver((seen,first)=>{first.disconnect();for(let{dataset}of document.querySelectorAll("[data-script]"))import(dataset.script)}).observe({type:"paint",buffered:true}))
